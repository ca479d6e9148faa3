import { allBlocks, argumentsOf } from '../backbone/blocks.ts';
import { costNamed, limitedCosts } from '../cost/registry.ts';

/** A complete file: a network to start from, what it must hold, and a search. A test holds it free of problems. */
export const SAMPLE = `backbone first {
  input 3 x 640 x 640

  stem     conv(out: 64, k: 3, s: 2)
  stage C2 bottleneck(out: 128, btn: 32,  k: 3, s: 2) x 1
  stage C3 bottleneck(out: 256, btn: 64,  k: 3, s: 2) x 2
  stage C4 bottleneck(out: 512, btn: 128, k: 3, s: 2) x 2
  stage C5 bottleneck(out: 768, btn: 192, k: 3, s: 2) x 1
}

budget small {
  macs   <= 5G
  layers <= 30
}

search {
  start first
  within small
  space sound
}
`;

/** `bottleneck(out, btn, k, s; shortcut, …)`: what must be given, then what may be. */
const blockLine = (block: ReturnType<typeof allBlocks>[number]): string => {
  const required = block.required.map(({ name }) => name).join(', ');
  const optional = block.optional.map(({ name }) => name).join(', ');
  return `- ${block.name}(${required}${optional === '' ? '' : `; ${optional}`}): ${block.doc}`;
};

const argumentLines = (): string[] => {
  const all = new Map(allBlocks().flatMap((block) => argumentsOf(block).map((a) => [a.name, a] as const)));
  return [...all.values()].map((argument) => {
    const values = argument.type === 'number' ? '' : ` One of ${Object.keys(argument.values).join(', ')}.`;
    return `- ${argument.name}: ${argument.doc}${values}`;
  });
};

/** The language on one page, computed of its registries: enough to write a backbone, a budget and a search. */
export const languageCard = (): string =>
  [
    'A .mae file declares backbones, budgets and searches (and detectors and spaces: resource mae://docs/language). A complete one:',
    '',
    SAMPLE,
    'A backbone is an input (channels x height x width), one stem, then stages. Each group is BLOCK(arguments) x DEPTH;',
    'several groups of a stage are joined by +. C1 is the stem (stride 2); each stage halves the resolution once more, so its',
    'first group has s: 2 and its name is C2, C3, C4, C5 in order; further groups joined by + have s: 1. The input channels of',
    'a group are the output of the one before. Every convolution has BatchNorm, every activation is ReLU unless act says so.',
    'layers counts convolutions on the main path: a bottleneck or k1kx block is 3 or 2 of them, a conv 1.',
    '',
    'Blocks, as NAME(required arguments; optional ones):',
    ...allBlocks().map(blockLine),
    '',
    'Arguments:',
    ...argumentLines(),
    '',
    'Costs that a budget may limit, as COST <= AMOUNT with suffixes k, M, G (memory also kB, MB, MiB):',
    ...limitedCosts().map((name) => `- ${name}: ${costNamed(name)?.doc ?? ''}`),
    '',
    'A search says start NAME and within BUDGET; it may say evaluations 96000, seed 0, minimise COST, score >= N, prove yes,',
    'space sound, tinynas or paper; write sound where nothing else is asked for. It replaces the numbers of its start by the best ones within the budget.',
  ].join('\n');
