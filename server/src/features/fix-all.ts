import type { CodeAction } from 'vscode-languageserver-types';
import { readDesign } from '../language/design.ts';
import type { InParts } from '../language/in-parts.ts';
import type { Problem, ProblemCode } from '../language/problem.ts';
import { applyEdits, type Edit } from '../language/rewrite.ts';
import { editAction, removal } from './edit-action.ts';
import type { Snapshot } from './snapshot.ts';

export const FIX_ALL_KIND = 'source.fixAll.mae';

/** Misspelt words and stage names: what is written means nothing, so that the only candidate takes nothing away. */
const WORDS: readonly ProblemCode[] = [
  'unknown-block',
  'unknown-part',
  'unknown-argument',
  'unknown-cost',
  'unknown-setting',
  'unknown-name',
  'bad-value',
  'stage-order',
];

const DUPLICATES: readonly ProblemCode[] = ['duplicate-argument', 'duplicate-statement'];

/** What a fix must not bring about: a text that says something twice, names what is no longer there, or breaks. */
const HARM: readonly ProblemCode[] = [
  'syntax',
  ...DUPLICATES,
  'duplicate-name',
  'unknown-stage',
  'missing-stage',
  'missing-level',
];

/**
 * Mends at once whatever leaves no choice, in one edit: editors run this on every save. Numbers of the design are never
 * touched, nothing is made up, and nothing goes that does not stand there a second time.
 */
export function* fixAll(snapshot: Snapshot): InParts<CodeAction[]> {
  const text = snapshot.document.getText();
  // While a stride is wrong or a line cannot be read, the stages after it are counted wrong: their names may be right.
  const counted = !snapshot.problems.some(({ code }) => code === 'stage-stride' || code === 'syntax');
  const edits = snapshot.problems.flatMap((problem) =>
    problem.code === 'stage-order' && !counted ? [] : onlyFix(text, problem),
  );
  const safe = yield* harmless(text, edits);
  if (safe.length === 0) return [];
  const title = safe.length === 1 ? 'Fix 1 problem' : `Fix ${safe.length} problems`;
  return [editAction(snapshot, title, FIX_ALL_KIND, safe, false)];
}

function onlyFix(text: string, { code, data, span }: Problem): Edit[] {
  if (data?.kind === 'replace' && WORDS.includes(code)) {
    const [word, ...others] = data.with;
    return word === undefined || others.length > 0 ? [] : [{ span, text: word }];
  }
  if (data?.kind === 'remove' && DUPLICATES.includes(code) && isRepeated(text, data.span)) {
    return [removal(text, data.span)];
  }
  return [];
}

/** Whether the same stands before it between the same brackets; two different values are a choice. */
function isRepeated(text: string, { start, end }: Problem['span']): boolean {
  const before = withoutComments(text.slice(0, start));
  const opens = before.lastIndexOf('(') > before.lastIndexOf(')') ? '(' : '{';
  const others = before.slice(before.lastIndexOf(opens) + 1).split(/[,\n]/);
  const own = squeezed(text.slice(start, end));
  return others.some((other) => squeezed(other) === own);
}

const withoutComments = (text: string): string => text.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
const squeezed = (text: string): string => text.replace(/\s+/g, '');

/**
 * The edits that together bring nothing new about; all of them, as a rule. Where they do, halves of them are tried, so that
 * a few bad ones among very many are found by few readings of the text.
 */
function* harmless(text: string, edits: readonly Edit[]): InParts<readonly Edit[]> {
  if (edits.length === 0) return [];
  const harmOf = (some: readonly Edit[]): number =>
    readDesign(applyEdits(text, some)).problems.filter((problem) => HARM.includes(problem.code)).length;
  const before = harmOf([]);
  let kept: readonly Edit[] = [];
  const waiting: (readonly Edit[])[] = [edits];
  for (let some = waiting.pop(); some !== undefined; some = waiting.pop()) {
    yield;
    const more = [...kept, ...some];
    const middle = some.length >> 1;
    if (harmOf(more) <= before) kept = more;
    else if (some.length > 1) waiting.push(some.slice(middle), some.slice(0, middle));
  }
  return kept;
}
