import { CompletionItemKind } from 'vscode-languageserver-types';
import type { CursorContext, Token } from '../language/cursor-context.ts';
import { STEM } from '../language/graph-source.ts';
import { GRAPH_WORDS } from '../language/word-docs.ts';
import { blockSnippet } from './complete-group.ts';
import type { Surroundings } from './group-numbers.ts';
import { field, type Proposal } from './proposal.ts';
import type { SnapshotBackbone } from './snapshot.ts';

const word = (label: keyof typeof GRAPH_WORDS, insert: string = label): Proposal => ({
  label,
  kind: CompletionItemKind.Keyword,
  insert,
  doc: GRAPH_WORDS[label].doc,
});

const isStatement = (token: Token | undefined, text: string): boolean =>
  token?.text === text && token.begins === 'statement';

/** The nodes of the backbone that is typed, in the order of the text. */
const nodeNames = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((t, index) => (isStatement(tokens[index - 1], 'node') && t.begins === undefined ? t.text : []));

/** The outputs that are named. */
export function outputNames(tokens: readonly Token[]): string[] {
  const from = tokens.findIndex((t) => isStatement(t, 'output')) + 1;
  if (from === 0) return [];
  const length = tokens.slice(from).findIndex((t) => t.begins === 'statement');
  const own = tokens.slice(from, length < 0 ? undefined : from + length);
  return own.filter((_, index) => own[index + 1]?.text === ':').map((t) => t.text);
}

/** The first letter that no node is called, then node_27 and on. */
function freeNode(tokens: readonly Token[]): string {
  const taken = new Set(nodeNames(tokens));
  const letter = [...'abcdefghijklmnopqrstuvw'].find((name) => !taken.has(name));
  if (letter !== undefined) return letter;
  for (let n = taken.size + 1; ; n++) if (!taken.has(`node_${n}`)) return `node_${n}`;
}

/** The node above the cursor. */
const aboveOf = ({ tokens, word: { start } }: CursorContext): string =>
  nodeNames(tokens.filter((t) => t.end <= start)).at(-1) ?? STEM;

/** The lines of a graph, and what may follow on one of its nodes. A backbone with stages is none. */
export function graphLines(context: CursorContext, near: Surroundings, block: string): Proposal[] {
  const { tokens, place, word: typed } = context;
  const has = (text: string): boolean => tokens.some((t) => isStatement(t, text));
  if (!has('stem') || has('stage')) return [];
  const own = tokens.findLast((t) => t.end <= typed.start && t.begins === 'statement');
  const after = place.kind === 'statement' ? place.after : 'other';
  const above = nodeNames(tokens.filter((t) => t.end <= typed.start)).at(isStatement(own, 'node') ? -2 : -1) ?? STEM;
  const clauses = isStatement(own, 'node') && after !== 'other';
  return [
    ...(clauses ? [word('from', `from ${field(1, above)}`)] : []),
    ...(clauses && after !== 'at' ? [word('at', `at /${field(1, 8)} from ${field(2, above)}`)] : []),
    word('node', `node ${freeNode(tokens)} ${blockSnippet(block, 'node', near)} from ${field(5, aboveOf(context))}`),
    ...(has('node') && !has('output') ? [word('output', `output C5: ${field(1, aboveOf(context))}`)] : []),
  ];
}

/** The nodes that may be named, what stands nearest above first. */
function namedNodes(backbone: SnapshotBackbone | undefined, context: CursorContext): Proposal[] {
  const { tokens, word: typed } = context;
  const before = nodeNames(tokens.filter((t) => t.end <= typed.start));
  const all = nodeNames(tokens);
  const own = ownNode(context);
  const names = [...before.toReversed(), STEM, ...all.slice(before.length)].filter((name) => name !== own);
  return [...new Set(names)].map((label) => {
    const group = backbone?.source.groups[groupOf(backbone, label) ?? -1];
    const { block, out } = group?.fields ?? {};
    const detail = [block, out].filter((part) => part !== undefined).join(' ');
    return { label, kind: CompletionItemKind.Reference, ...(detail === '' ? {} : { detail }) };
  });
}

function groupOf({ source: { graph } }: SnapshotBackbone, name: string): number | undefined {
  return name === STEM ? graph?.stem?.group : graph?.nodes.find((node) => node.name === name)?.group;
}

/** The node on whose line the cursor is. */
function ownNode({ tokens, word: typed }: CursorContext): string | undefined {
  const at = tokens.findLastIndex((t) => t.end <= typed.start && t.begins === 'statement');
  return isStatement(tokens[at], 'node') ? tokens[at + 1]?.text : undefined;
}

/** Names behind `from`, a comma or `as`, and the words that may stand before them. */
export function readProposals(
  backbone: SnapshotBackbone | undefined,
  context: CursorContext,
  { first, resampled }: { readonly first: boolean; readonly resampled: boolean },
): Proposal[] {
  const names = namedNodes(backbone, context);
  const [above = STEM, other = STEM] = names.map(({ label }) => label);
  return [
    ...names,
    ...(first ? [word('concat', `concat(${field(1, above)}, ${field(2, other)})`)] : []),
    ...(resampled && !first ? [word('as', 'as')] : []),
  ];
}

const SHARES = ['/4', '/8', '/16', '/32', '/64', '/128'];

/** Resolutions behind `at`: those of the usual pyramids, and that of a node. */
export const shareProposals = (backbone: SnapshotBackbone | undefined, context: CursorContext): Proposal[] => [
  ...SHARES.map((label) => ({ label, kind: CompletionItemKind.Value, detail: "of the input's resolution" })),
  ...namedNodes(backbone, context),
];

/** The name of the next output: C5 after C4, as detectors call them. */
export function outputNameProposals(context: CursorContext): Proposal[] {
  const { tokens, next } = context;
  const last = /^(\D+)(\d{1,3})$/.exec(outputNames(tokens).at(-1) ?? '');
  const name = last === null ? 'C3' : `${last[1]}${Number(last[2]) + 1}`;
  const insert = next === ':' ? name : `${name}: ${field(1, nodeNames(tokens).at(-1) ?? STEM)}`;
  return [{ label: name, kind: CompletionItemKind.EnumMember, insert, detail: 'the next output' }];
}

export const outputNodeProposals = namedNodes;
