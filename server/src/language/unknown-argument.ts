import type { BlockKind } from '../backbone/backbone.ts';
import type { Argument, Group as GroupNode } from './generated/ast.ts';
import { together } from './nearest.ts';
import type { Edit, Problem, ProblemData } from './problem.ts';
import { argumentRemoval } from './remove-argument.ts';
import { meant } from './report.ts';
import { propertySpan, recovered, spanOf } from './span.ts';
import { argumentSynonyms, EXPANSIONS, FIXED, REPEATS } from './synonyms.ts';
import { argumentNamed, argumentNames, blockNamed } from './vocabulary.ts';

/** A word that is no argument of its block: what to say, and what it stands for where that is known. */
export interface UnknownArgument {
  readonly problem: Problem;
  /** The argument that was meant, with its value as it would be written. */
  readonly meant?: { readonly name: string; readonly value: string };
  /** The number of blocks that was meant. */
  readonly depth?: string;
}

/** What is known of the group around the argument. */
export interface ArgumentPlace {
  readonly node: GroupNode;
  readonly block: BlockKind | undefined;
  /** The arguments that are there already. */
  readonly written: ReadonlySet<string>;
  /** Channels that the group reads, and those that its text gives out. */
  readonly reads: number | undefined;
  readonly out: number | undefined;
}

/** `expansion` and `expand_ratio` are one word for the tables. */
const plain = (word: string): string => word.toLowerCase().replace(/[_-]/g, '');

export function unknownArgument(argument: Argument, word: string, place: ArgumentPlace): UnknownArgument {
  const { node, block, written } = place;
  const takes = argumentNames(block);
  const list = block === undefined ? `Blocks take ${together(takes)}.` : `It takes ${together(takes)}.`;
  const span = propertySpan(argument, 'name');
  const problem = (why: string, data: ProblemData | undefined): Problem => ({
    code: 'unknown-argument',
    severity: 'error',
    message: `${block === undefined ? 'Blocks take' : `${block} takes`} no '${word}'. ${why}${list}`,
    span,
    ...(data === undefined ? {} : { data }),
  });
  const { value } = recovered(argument);
  if (EXPANSIONS.includes(plain(word))) return expansion(argument, value, place, takes, problem);
  if (REPEATS.includes(plain(word))) return repeats(argument, value, node, problem);
  const fixed = FIXED.find(({ words }) => words.includes(plain(word)));
  // An argument that another block takes, or that is always so here, can only go.
  if (fixed !== undefined || argumentNamed(word) !== undefined) {
    const why = fixed === undefined ? '' : `${fixed.why}. `;
    return { problem: problem(why, edits('Remove it', argumentRemoval(node, argument))) };
  }
  const { hint, fixes } = meant(word, takes, argumentSynonyms(), written);
  const [name, ...others] = fixes.filter((name) => argumentNamed(name) !== undefined);
  return {
    problem: problem(
      hint === undefined ? '' : `${hint} `,
      fixes.length === 0 ? undefined : { kind: 'replace', with: fixes },
    ),
    ...(name === undefined || others.length > 0 ? {} : { meant: { name, value: value ?? '' } }),
  };
}

const edits = (title: string, list: readonly Edit[]): ProblemData => ({ kind: 'edits', title, edits: list });

type ToProblem = (why: string, data: ProblemData | undefined) => Problem;

/**
 * `expansion: 6`: a factor where this language has the width itself. For inverted blocks it multiplies the input, as in
 * MobileNetV2; for the others it is what the output is wider than the bottleneck, as in ResNet, or, below 1, a share.
 */
function expansion(
  argument: Argument,
  value: string | undefined,
  { block, reads, out, written }: ArgumentPlace,
  takes: readonly string[],
  problem: ToProblem,
): UnknownArgument {
  const factor = Number(value);
  const inverted = block !== undefined && blockNamed(block)?.search.btn === 'ratio';
  const base = inverted ? reads : out;
  if (!takes.includes('btn') || written.has('btn')) return { problem: problem('', undefined) };
  if (base === undefined || !(factor > 0)) return { problem: problem('Write the width itself, as btn. ', undefined) };
  const width = Math.max(1, Math.round(inverted || factor < 1 ? base * factor : base / factor));
  const text = `btn: ${width}`;
  const why = inverted
    ? `${text} is ${value} · ${base} input channels. `
    : `${text} is ${out} / ${factor < 1 ? 1 / factor : value}. `;
  return {
    problem: problem(`Did you mean ${text}? ${why}`, {
      kind: 'edits',
      title: `Change ${argument.name}: ${value} to ${text}`,
      edits: [{ span: spanOf(argument), text }],
    }),
    meant: { name: 'btn', value: String(width) },
  };
}

/** `num_blocks: 4`: the number of blocks stands behind the parenthesis. */
function repeats(argument: Argument, value: string | undefined, node: GroupNode, problem: ToProblem): UnknownArgument {
  const why = 'The number of blocks stands behind the parenthesis';
  const blocks = value !== undefined && /^[1-9]\d*$/.test(value) ? value : undefined;
  if (blocks === undefined) return { problem: problem(`${why}: x 4. `, undefined) };
  const removal = argumentRemoval(node, argument);
  // A group that says its number of blocks already must not say it twice.
  if (recovered(node).depth !== undefined) return { problem: problem(`${why}. `, edits('Remove it', removal)) };
  const { end } = spanOf(node);
  const fix = [...removal, { span: { start: end, end }, text: ` x ${blocks}` }];
  return {
    problem: problem(`${why}: x ${blocks}. `, edits(`Write x ${blocks} behind the parenthesis`, fix)),
    depth: blocks,
  };
}
