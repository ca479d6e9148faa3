import { type Backbone, DEFAULT_WEIGHTS, type InputSize } from '../backbone/backbone.ts';
import { identifier } from '../language/identifier.ts';
import { failed, type Outcome, type TextProblem } from './outcome.ts';
import { type Literal, parseLiteral } from './python-literal.ts';
import { readBlock, type TinynasBlock } from './tinynas-block.ts';

export interface ImportOptions {
  /** Name of the backbone; several are numbered from 1. */
  readonly name: string;
  /** Structures carry no input size. The authors' own search task works at 480×480. */
  readonly input?: Pick<InputSize, 'height' | 'width'>;
}

const DEFAULT_INPUT = { height: 480, width: 480 } as const;

/** Enough to see what is wrong with a file; a thousand more of the same kind would hide it. */
const MAX_PROBLEMS = 20;

/**
 * Backbones of a TinyNAS text: a Python literal that is a list of block dicts, or {'best_structures': [[…], …]} whose
 * other keys are ignored. Reports every problem it finds, each with its place.
 */
export function importTinynas(text: string, options: ImportOptions): Outcome<readonly Backbone[]> {
  const literal = parseLiteral(text);
  if (!literal.ok) return literal;
  const structures = structuresOf(literal.value);
  if (!structures.ok) return structures;
  const problems: TextProblem[] = [];
  const single = structures.value.length === 1;
  const backbones = structures.value.flatMap((structure, index) => {
    const name = identifier(single ? options.name : `${options.name}_${index + 1}`);
    return readStructure(structure, { ...options, name }, (problem) => problems.push(problem)) ?? [];
  });
  if (problems.length === 0) return { ok: true, value: backbones };
  return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) };
}

const EXPECTED =
  "A structure file holds a list of block dicts, [{'class': …}, …], or {'best_structures': [[…], …]} with one list for each network.";

function structuresOf(literal: Literal): Outcome<readonly Literal[]> {
  const { start } = literal.span;
  if (literal.kind === 'list') return { ok: true, value: [literal] };
  if (literal.kind !== 'dict') return failed(EXPECTED, start, literal.span.end);
  const best = literal.entries.find(({ key }) => key.kind === 'string' && key.value === 'best_structures')?.value;
  if (best === undefined) return failed(`This dict has no 'best_structures'. ${EXPECTED}`, start);
  if (best.kind !== 'list') return failed(`'best_structures' must be a list. ${EXPECTED}`, best.span.start);
  if (best.items.length === 0) return failed(`'best_structures' is empty. ${EXPECTED}`, best.span.start, best.span.end);
  return { ok: true, value: best.items };
}

function readStructure(
  structure: Literal,
  options: ImportOptions,
  report: (problem: TextProblem) => void,
): Backbone | undefined {
  if (structure.kind !== 'list') {
    report({ message: `A network is a list of block dicts. ${EXPECTED}`, span: structure.span });
    return undefined;
  }
  const read = structure.items.map((item) => readBlock(item, report));
  const blocks = read.filter((block) => block !== undefined);
  const [first] = blocks;
  if (structure.items.length === 0) {
    report({ message: 'This network has no blocks.', span: structure.span });
    return undefined;
  }
  checkChannels(read, report);
  if (first === undefined || blocks.length < read.length) return undefined;
  return {
    name: options.name,
    input: { channels: first.in, ...(options.input ?? DEFAULT_INPUT) },
    groups: blocks.map((block) => block.group),
    weights: DEFAULT_WEIGHTS,
  };
}

/** Every block takes what the one before it gives. */
function checkChannels(blocks: readonly (TinynasBlock | undefined)[], report: (problem: TextProblem) => void): void {
  blocks.forEach((block, index) => {
    const before = blocks[index - 1];
    if (block === undefined || before === undefined || block.in === before.group.out) return;
    const message = `'in' is ${block.in}, but the block before gives ${before.group.out} channels: write ${before.group.out}.`;
    report({ message, span: block.inSpan });
  });
}
