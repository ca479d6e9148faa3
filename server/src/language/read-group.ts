import type { BlockKind, Group } from '../backbone/backbone.ts';
import { group } from '../backbone/backbone.ts';
import type { GraphNode, Group as GroupNode, Stage, Stem } from './generated/ast.ts';
import { Memo } from './memo.ts';
import { together } from './nearest.ts';
import type { Span } from './problem.ts';
import { readArguments } from './read-arguments.ts';
import { type Report, readNumber, unknownWord } from './report.ts';
import { firstWord, propertySpan, recovered, spanOf } from './span.ts';
import { blockSynonyms } from './synonyms.ts';
import { blockNamed, blockNames, DEPTH, isBlockKind, requiredNames } from './vocabulary.ts';

/** One group line of the text and what it says. */
export interface GroupSource {
  readonly node: GroupNode;
  readonly statement: Stem | Stage | GraphNode;
  readonly span: Span;
  readonly block: BlockKind | undefined;
  /** The numbers that could be read: a broken argument silences only the checks that need it. */
  readonly fields: Partial<Group>;
  /** As `fields`, and what its other words seem to mean: nothing is judged by it. */
  readonly meant: Partial<Group>;
  /** The group, when all of it is right. */
  readonly group: Group | undefined;
}

/** What was read of groups that nothing is wrong with. */
const readings = new Memo<Pick<GroupSource, 'block' | 'fields' | 'meant' | 'group'>>('reading');

/** @param reads the channels that come in, as far as they are known: an expansion multiplies them */
export function readGroup(
  node: GroupNode,
  statement: Stem | Stage | GraphNode,
  reads: number | undefined,
  report: Report,
): GroupSource {
  const known = readings.get(node);
  if (known !== undefined) return { node, statement, span: spanOf(node), ...known };
  let faultless = true;
  const source = readAfresh(node, statement, reads, (problem) => {
    faultless = false;
    report(problem);
  });
  const { block, fields, meant } = source;
  const { kernel, stride } = fields;
  if (!faultless || block === undefined || kernel === undefined || stride === undefined)
    return { ...source, group: undefined };
  const whole = group({ ...fields, block, kernel, stride });
  readings.set(node, { block, fields, meant, group: whole });
  return { ...source, group: whole };
}

function readAfresh(
  node: GroupNode,
  statement: Stem | Stage | GraphNode,
  reads: number | undefined,
  report: Report,
): Omit<GroupSource, 'group'> {
  const { block: word, depth } = recovered(node);
  let block: BlockKind | undefined;
  let near: readonly string[] = [];
  if (word !== undefined) {
    if (isBlockKind(word)) block = word;
    else {
      const span = propertySpan(node, 'block');
      const problem = unknownWord('unknown-block', 'block', word, span, blockNames(), { synonyms: blockSynonyms() });
      near = problem.data?.kind === 'replace' ? problem.data.with : [];
      report(problem);
    }
  }
  const likely = block ?? (near.length === 1 ? near.find(isBlockKind) : undefined);
  const read = readArguments(node, likely, reads, report);
  const blocks = depth === undefined ? undefined : readNumber(depth, DEPTH, propertySpan(node, 'depth'), report);
  if (block !== undefined) reportMissing(node, block, read.written, report);
  const words = block === undefined ? {} : { block };
  const fields = { ...read.fields, ...words, ...numbered(depth === undefined ? 1 : blocks) };
  const meant = { ...read.meant, ...fields, ...(likely === undefined ? {} : { block: likely }), ...read.depth };
  return { node, statement, span: spanOf(node), block, fields, meant };
}

const numbered = (depth: number | undefined): Partial<Group> => (depth === undefined ? {} : { depth });

/** Names the required arguments that are nowhere in the text, whatever they are called there. */
function reportMissing(node: GroupNode, block: BlockKind, written: ReadonlySet<string>, report: Report): void {
  const missing = requiredNames(block).filter((name) => !written.has(name));
  if (missing.length === 0) return;
  const { start } = spanOf(node);
  const end = start + (node.$cstNode?.text.lastIndexOf(')') ?? -1);
  report({
    code: 'missing-argument',
    severity: 'error',
    message: `${block} needs ${together(missing)}: ${blockNamed(block)?.doc ?? block}.`,
    span: firstWord(node),
    ...(end >= start ? { data: { kind: 'add-arguments', arguments: missing, at: end } as const } : {}),
  });
}
