import { MOST_VARIANTS } from '../detector/variants.ts';
import { isMeasured } from '../search/task.ts';
import type { Design } from './design.ts';
import { type DetectorSource, partSources } from './detector-source.ts';
import * as ast from './generated/ast.ts';
import { alternatives, together } from './nearest.ts';
import { partArgument, partArgumentSynonyms, partSynonyms } from './part-words.ts';
import type { Problem, ProblemData } from './problem.ts';
import type { SearchSource } from './read-search.ts';
import type { VaryUse } from './read-vary.ts';
import { type Report, unknownWord } from './report.ts';
import { detectorsOf, startedDetector, startOf } from './resolve.ts';
import { firstWord, propertySpan, spanOf } from './span.ts';
import { numbersOf, partCalled, partWords, variantCount } from './vary.ts';

type Sources = Pick<Design, 'backbones' | 'detectors' | 'budgets' | 'searches'>;

/** What is wrong with what a search varies: there are no parts to vary, or not these, or too many. */
export function checkVary(search: SearchSource, design: Sources, report: Report): void {
  const { varyNode: node, vary: uses } = search;
  if (node === undefined) return;
  const detector = startedDetector(search, design);
  const faults = detector === undefined ? [] : uses.flatMap((use, index) => faultOf(detector, uses, index, use) ?? []);
  for (const fault of faults) report(fault);
  const remove = { kind: 'remove', span: spanOf(node) } as const;
  const found = placeFault(search, detector, design) ?? (faults.length > 0 ? undefined : countFault(detector, uses));
  if (found === undefined) return;
  const { message, severity = 'error', data = remove } = found;
  report({ code: 'misfit-vary', severity, message, span: firstWord(node), data });
}

/** Why a line of `vary` does not fit; without other data it can go. */
type Misfit = Pick<Problem, 'message' | 'data'> & Partial<Pick<Problem, 'severity'>>;

/** The search is none in which anything is varied. */
function placeFault(search: SearchSource, detector: DetectorSource | undefined, design: Sources): Misfit | undefined {
  if (detector === undefined) {
    // Of a start that is not declared, or not written yet, another message tells.
    const says = search.node.settings.some(ast.isStartSetting);
    if (says && (search.start === undefined || startOf(search, design) === undefined)) return undefined;
    const message =
      'vary makes the neck and heads of a detector lighter, and this search starts from none: start from a detector, or remove this line.';
    const data = startsFrom(search, design);
    return data === undefined ? { message } : { message, data };
  }
  if (search.places.minimise !== undefined) {
    const message =
      'A search that minimises a cost holds its score, so that a lighter neck or head buys none: remove this line.';
    return { message };
  }
  if (!isMeasured(search.values)) return undefined;
  const message =
    'vary searches once for each combination, which takes hours where every design is measured: choose the objective zen, or remove this line.';
  return { message };
}

/** There are too many combinations, or no other than what is written. */
function countFault(detector: DetectorSource | undefined, uses: readonly VaryUse[]): Misfit | undefined {
  if (detector?.detector === undefined || uses.length === 0) return undefined;
  const count = variantCount(detector, uses);
  if (count > MOST_VARIANTS) {
    const message = `These are ${count} combinations, and at most ${MOST_VARIANTS} are searched: vary fewer of them.`;
    return { message, data: leaveOut(uses, uses.length - 1) };
  }
  if (count > 1) return undefined;
  const names = together(uses.map(({ part, argument }) => `${part}.${argument}`));
  return { message: `${names} cannot be lighter: there is nothing to compare.`, severity: 'warning' };
}

/** Another start of the search: a detector on the same backbone. */
function startsFrom(search: SearchSource, design: Sources): ProblemData | undefined {
  const backbone = startOf(search, design);
  const { start } = search;
  if (backbone === undefined || start === undefined) return undefined;
  const choices = detectorsOf(backbone, design)
    .filter(({ name }) => name !== '')
    .slice(0, MOST_STARTS)
    .map(({ name }) => ({ title: `Start from ${name}`, edits: [{ span: start.span, text: name }] }));
  return choices.length === 0 ? undefined : { kind: 'choices', choices };
}

const MOST_STARTS = 10;

/** What is wrong with one of the names. */
function faultOf(detector: DetectorSource, uses: readonly VaryUse[], index: number, use: VaryUse): Problem | undefined {
  const { part: word, argument: name, node, span } = use;
  const source = partCalled(detector, word);
  if (source === undefined) {
    // A part that could not be read may be the one that is meant.
    if (partSources(detector).some(({ definition }) => definition === undefined)) return undefined;
    const heads = detector.heads.flatMap(({ definition }) => definition?.name ?? []);
    const context = { synonyms: { ...partSynonyms(), head: heads, heads } };
    const at = propertySpan(node, 'part');
    return unknownWord('unknown-part', `part of ${detector.name}`, word, at, partWords(detector), context);
  }
  const { definition } = source;
  if (definition === undefined) return undefined;
  const taken = new Set(uses.flatMap((own) => (partCalled(detector, own.part) === source ? (own.argument ?? []) : [])));
  const numbers = numbersOf(definition).map((argument) => argument.name);
  const free = numbers.filter((number) => !taken.has(number));
  const replace = (words: readonly string[]) =>
    words.length === 0 ? {} : { data: { kind: 'replace', with: words } as const };
  if (name === undefined) {
    const full = free.map((number) => `${word}.${number}`);
    const message =
      numbers.length === 0
        ? `${word} has no number to vary.`
        : `vary names a number of ${word}: write ${alternatives(full)}.`;
    return { code: 'missing-argument', severity: 'error', message, span, ...replace(full) };
  }
  const at = propertySpan(node, 'argument');
  const rule = partArgument(definition, name);
  if (rule === undefined) {
    const context = { synonyms: partArgumentSynonyms(definition), taken };
    return unknownWord('unknown-argument', `number of ${definition.name}`, name, at, numbers, context);
  }
  if (rule.type !== 'number') {
    const help = free.length === 0 ? 'it has none' : `vary ${alternatives(free)}`;
    const message = `${name} of ${definition.name} is no number, and only those can be lighter: ${help}.`;
    return { code: 'bad-value', severity: 'error', message, span: at, ...replace(free) };
  }
  const isAgain = uses
    .slice(0, index)
    .some((own) => own.argument === name && partCalled(detector, own.part) === source);
  if (!isAgain) return undefined;
  const message = `${name} of ${definition.name} is varied twice: keep one of them.`;
  return { code: 'duplicate-argument', severity: 'error', message, span, data: leaveOut(uses, index) };
}

/** Without a use and the comma before it. */
function leaveOut(uses: readonly VaryUse[], index: number): ProblemData {
  const { start, end } = uses[index]?.span ?? { start: 0, end: 0 };
  const from = uses[index - 1]?.span.end ?? start;
  return { kind: 'edits', title: 'Remove it', edits: [{ span: { start: from, end }, text: '' }] };
}
