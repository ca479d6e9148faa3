import { sameBackbone } from '../backbone/backbone.ts';
import { NO_PROFILES, type Profiles } from '../latency/profiles.ts';
import { checkDetectors } from './check-detectors.ts';
import { checkNames } from './check-names.ts';
import { checkShapes } from './check-shapes.ts';
import { checkSpaces } from './check-spaces.ts';
import { checkVary } from './check-vary.ts';
import type { DetectorSource } from './detector-source.ts';
import * as ast from './generated/ast.ts';
import { LineTable } from './line-table.ts';
import { type ParsedFile, parse } from './parse.ts';
import type { Problem, Span } from './problem.ts';
import { type BackboneSource, nameSpan, readBackbone } from './read-backbone.ts';
import { type BudgetSource, readBudget } from './read-budget.ts';
import { readDetector } from './read-detector.ts';
import { readSearch, type SearchSource } from './read-search.ts';
import { readSpace, type SpaceSource } from './read-space.ts';
import type { Report } from './report.ts';
import { backbonesOf } from './resolve.ts';
import { firstWord, spanOf } from './span.ts';

/** What a text says: its backbones, detectors, budgets, searches and spaces with their places, and all that is wrong with it. */
export interface Design {
  readonly parsed: ParsedFile;
  readonly backbones: readonly BackboneSource[];
  readonly detectors: readonly DetectorSource[];
  readonly budgets: readonly BudgetSource[];
  readonly searches: readonly SearchSource[];
  readonly spaces: readonly SpaceSource[];
  /** In the order of the text. */
  readonly problems: readonly Problem[];
}

/**
 * Reads any text. Never throws; a broken line silences only what depends on it. What was read of an earlier version of
 * the text makes it faster and changes nothing else.
 *
 * @param profiles finds the devices that budgets name
 */
export function readDesign(text: string, before?: Design, profiles: Profiles = NO_PROFILES): Design {
  const parsed = parse(text, before?.parsed);
  const problems: Problem[] = [...parsed.problems];
  const report: Report = (problem) => problems.push(problem);
  const { declarations } = parsed.file;
  const faults = parsed.problems.map(({ span }) => span.start).sort((a, b) => a - b);
  const backbones = declarations.filter(ast.isBackbone).map((node) => {
    const read = readBackbone(node, report);
    // A line that cannot be read at all may have been a group.
    const source = isHit(spanOf(node), faults) ? { ...read, backbone: undefined } : read;
    return withKnown(source, before && backbonesOf(before.backbones, source.name)[0]);
  });
  const budgets = declarations.filter(ast.isBudget).map((node) => readBudget(node, profiles, report));
  const searches = declarations.filter(ast.isSearch).map((node) => readSearch(node, profiles, report));
  const spaces = declarations.filter(ast.isSpace).map((node) => readSpace(node, report));
  const lines = declarations
    .filter(ast.isDetector)
    .map((node) => readDetector(node, isHit(spanOf(node), faults), report));
  for (const backbone of backbones) checkShapes(backbone, report);
  const sources = withinReach(backbones, report);
  const detectors = checkDetectors(lines, sources, before?.detectors ?? [], report);
  const design = { backbones: sources, detectors, budgets, searches, spaces };
  checkNames(design, report);
  checkSpaces(design, report);
  for (const search of searches) {
    checkSearch(search, design, report);
    checkVary(search, design, report);
  }
  if (declarations.length === 0 && parsed.problems.length === 0) report(emptyFile(text));
  problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { parsed, ...design, problems: withoutEchoes(problems, parsed) };
}

/** Whether one of the sorted offsets lies in a span. */
function isHit({ start, end }: Span, offsets: readonly number[]): boolean {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found = offsets[low];
  return found !== undefined && found <= end;
}

/** A backbone that says what it said stays the very object, so that what is known of it is found by it. */
function withKnown(source: BackboneSource, known: BackboneSource | undefined): BackboneSource {
  const { backbone } = source;
  const same = backbone !== undefined && known?.backbone !== undefined && sameBackbone(known.backbone, backbone);
  return same ? { ...source, backbone: known.backbone } : source;
}

/**
 * One syntax error is enough for a line, and the parser's goes before what the reader finds in the rest of it. What could
 * not be read is missing as well.
 */
function withoutEchoes(problems: readonly Problem[], parsed: ParsedFile): Problem[] {
  const lines = new LineTable(parsed.text);
  const lineOf = (problem: Problem): number => lines.at(problem.span.start);
  const told = new Map<number, Problem>();
  for (const problem of [...parsed.problems, ...problems]) {
    if (problem.code !== 'syntax') continue;
    const line = lineOf(problem);
    if (!told.has(line)) told.set(line, problem);
  }
  return problems.filter((problem) => {
    if (problem.code !== 'syntax' && problem.code !== 'missing-argument') return true;
    const first = told.get(lineOf(problem));
    return first === undefined || first === problem;
  });
}

/** Each block has numbers of its own: more of them than these in one file are no design, and would fill the memory. */
const MAX_BLOCKS = 50_000;

/** Backbones beyond the blocks that a file may have are read, but have no numbers. */
function withinReach(backbones: readonly BackboneSource[], report: Report): readonly BackboneSource[] {
  let blocks = 0;
  return backbones.map((source) => {
    for (const { meant } of source.groups) blocks += meant.depth ?? 1;
    if (blocks <= MAX_BLOCKS) return source;
    const message = `With this backbone the file has more than ${MAX_BLOCKS} blocks: it has no numbers. Take fewer blocks.`;
    report({ code: 'bad-number', severity: 'error', message, span: nameSpan(source.node) });
    return { ...source, backbone: undefined, withinReach: false };
  });
}

const emptyFile = (text: string): Problem => ({
  code: 'empty-file',
  severity: 'warning',
  message: 'This file declares nothing yet. Begin with: backbone my_net { input 3 x 480 x 480 … }.',
  span: { start: 0, end: Math.min(1, text.length) },
});

function checkSearch(
  search: SearchSource,
  design: Pick<Design, 'backbones' | 'detectors' | 'budgets'>,
  report: Report,
): void {
  const span = search.name === undefined ? firstWord(search.node) : nameSpan(search.node);
  const missing = (setting: string, what: string, candidates: readonly { readonly name: string }[]): void => {
    const example = candidates[0]?.name ?? 'NAME';
    const message = `This search does not say ${what}: write '${setting} ${example}'.`;
    const choices = candidates.map(({ name }) => `${setting} ${name}`);
    const data = { kind: 'add-setting', choices, at: insideOf(search) } as const;
    report({ code: 'missing-setting', severity: 'error', message, span, ...(choices.length > 0 ? { data } : {}) });
  };
  if (search.start === undefined && design.backbones.length !== 1) {
    missing('start', 'which backbone it starts from', [...design.backbones, ...design.detectors]);
  }
  // Whoever minimises a cost needs no limit on another.
  if (search.within === undefined && search.places.minimise === undefined && design.budgets.length !== 1) {
    missing('within', 'which budget it must hold', design.budgets);
  }
}

/** Where a further setting goes: before the first one, or before the closing brace. */
export function insideOf({ node }: SearchSource): number {
  const [first] = node.settings;
  const { start, end } = spanOf(first ?? node);
  return first === undefined ? end - 1 : start;
}
