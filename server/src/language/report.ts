import type { AstNode } from 'langium';
import { alternatives, meantBy, type Synonyms } from './nearest.ts';
import type { Problem, Span } from './problem.ts';
import { type NumberRule, readQuantity } from './quantity.ts';

/** Takes the problems that a reader finds. */
export type Report = (problem: Problem) => void;

/** Reads a number of the text; what is wrong with it goes to `report`. */
export function readNumber(text: string | undefined, rule: NumberRule, span: Span, report: Report): number | undefined {
  if (text === undefined) return undefined;
  const result = readQuantity(text, rule);
  if (result.ok) return result.value;
  report({ code: 'bad-number', severity: 'error', message: result.message, span });
  return undefined;
}

/** What a misspelt word may have meant, for a message and for a fix. */
export interface Meant {
  /** «Did you mean s?» Undefined where nothing is near. */
  readonly hint: string | undefined;
  /** What can stand in its place without being there twice. */
  readonly fixes: readonly string[];
}

export function meant(
  word: string,
  candidates: readonly string[],
  synonyms: Synonyms,
  taken: ReadonlySet<string | undefined>,
): Meant {
  const near = meantBy(word, candidates, synonyms);
  if (near.length === 0) return { hint: undefined, fixes: [] };
  const fixes = near.filter((name) => !taken.has(name));
  const there = fixes.length > 0 ? '' : ' It is there already.';
  return { hint: `Did you mean ${alternatives((there === '' ? fixes : near).slice(0, 3))}?${there}`, fixes };
}

/** Words that a message may offer beside those of the language, and those that stand there already. */
export interface WordContext {
  readonly synonyms?: Synonyms;
  readonly taken?: ReadonlySet<string | undefined>;
}

/** Where the span of a missing or misspelt word is known, the words that may have been meant become a fix. */
export function unknownWord(
  code: Problem['code'],
  what: string,
  word: string,
  span: Span,
  candidates: readonly string[],
  { synonyms = {}, taken = new Set() }: WordContext = {},
): Problem {
  const { hint, fixes } = meant(word, candidates, synonyms, taken);
  const help = candidates.length === 0 ? 'None is declared.' : (hint ?? `Use ${alternatives(candidates)}.`);
  const problem: Problem = { code, severity: 'error', message: `There is no ${what} '${word}'. ${help}`, span };
  return fixes.length > 0 ? { ...problem, data: { kind: 'replace', with: fixes } } : problem;
}

/** A replacement for a sign and its value, apart from the name before them. */
export const apartFrom = (node: AstNode, start: number, text: string): string =>
  /\s/.test(node.$cstNode?.root.fullText[start - 1] ?? ' ') ? text : ` ${text}`;

/** A statement, limit or setting that has no value yet: it is marked where it stands, whatever the next line says. */
export const unfinished = (span: Span, missing: string, example: string): Problem => ({
  code: 'syntax',
  severity: 'error',
  message: `This line ends too early: ${missing} is missing, such as ${example}.`,
  span,
});
