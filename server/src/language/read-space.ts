import { isCompositeCstNode, isLeafCstNode } from 'langium';
import type { Kept, PlaceLimits, Space } from '../space/space.ts';
import type * as ast from './generated/ast.ts';
import { type NameUse, nameUse } from './name-use.ts';
import type { Span } from './problem.ts';
import { readKept } from './read-kept.ts';
import { readBlocks, readFlag, readKernels, readOne, readRange } from './read-limits.ts';
import { type Report, unfinished, unknownWord } from './report.ts';
import { isSpaceWord, PLACE_WORDS, SPACE_WORDS, type SpaceWordName, spaceWord } from './space-words.ts';
import { propertySpan, recovered, spanOf } from './span.ts';
import { SPACE_SYNONYMS } from './synonyms.ts';

/** What lines of limits say, by the fields of a space. */
export type WrittenLimits = PlaceLimits &
  Partial<
    Pick<
      Space,
      | 'growth'
      | 'monotone'
      | 'squeeze'
      | 'expansion'
      | 'invertedExpansion'
      | 'kernelMargin'
      | 'firstDepth'
      | 'depthFromLayers'
    >
  >;

/** The limits of a whole space, or of one place in it. */
export interface LimitsSource {
  readonly limits: WrittenLimits;
  /** Where each line stands. */
  readonly lines: Readonly<Partial<Record<SpaceWordName, Span>>>;
}

export interface PlaceSource extends LimitsSource {
  readonly place: NameUse;
}

export interface KeptSource {
  readonly node: ast.SpaceValue;
  readonly kept: Kept;
  readonly place: Span;
  readonly span: Span;
}

/** A space of the text: what its own lines say, without what it is like. */
export interface SpaceSource extends LimitsSource {
  readonly node: ast.Space;
  readonly name: string;
  readonly like: NameUse | undefined;
  readonly places: readonly PlaceSource[];
  readonly keep: readonly KeptSource[];
  /** Whether every line of it could be read. */
  readonly complete: boolean;
}

/** Where limits come from that are being read. */
interface Reading {
  limits: WrittenLimits;
  readonly lines: Partial<Record<SpaceWordName, Span>>;
}

const reading = (): Reading => ({ limits: {}, lines: {} });

export function readSpace(node: ast.Space, tell: Report): SpaceSource {
  let complete = true;
  const report: Report = (problem) => {
    if (problem.severity === 'error') complete = false;
    tell(problem);
  };
  const whole = reading();
  const places: PlaceSource[] = [];
  const keep: KeptSource[] = [];
  let like: NameUse | undefined;
  for (const line of node.lines) {
    const { name } = recovered(line);
    if (name === undefined) complete = false;
    else if (line.braces) {
      const own = readPlace(line, name, places, report);
      if (own !== undefined) places.push(own);
    } else if (isKnown(line, name, SPACE_WORDS, report) && isFirst(line, name, whole.lines, report)) {
      whole.lines[name] = spanOf(line);
      if (isUnfinished(line, name, report)) continue;
      if (name === 'like') like = readLike(line, report);
      else if (name === 'keep') keep.push(...readKept(line, report));
      else readLimit(line, name, whole, report);
    }
  }
  return { node, name: recovered(node).name ?? '', like, ...whole, places, keep, complete };
}

/** The limits of one stage, node or the stem. */
function readPlace(
  line: ast.SpaceLine,
  name: string,
  others: readonly PlaceSource[],
  report: Report,
): PlaceSource | undefined {
  const span = propertySpan(line, 'name');
  if (others.some(({ place }) => place.name === name)) {
    const message = `${name} has limits already: write all of them between one pair of braces.`;
    const data = { kind: 'remove', span: spanOf(line) } as const;
    report({ code: 'duplicate-statement', severity: 'error', message, span, data });
    return undefined;
  }
  const own = reading();
  for (const inner of line.lines) {
    const { name: word } = recovered(inner);
    if (word === undefined) continue;
    if (inner.braces) {
      const message = `The limits of ${word} stand in the space itself, not between those of ${name}.`;
      report({ code: 'unknown-limit', severity: 'error', message, span: propertySpan(inner, 'name') });
    } else if (isKnown(inner, word, PLACE_WORDS, report, name) && isFirst(inner, word, own.lines, report)) {
      own.lines[word] = spanOf(inner);
      if (!isUnfinished(inner, word, report)) readLimit(inner, word, own, report);
    }
  }
  return { place: { name, span }, ...own };
}

/** Whether a word begins a line here; what is said otherwise depends on whether it is one elsewhere. */
function isKnown(
  line: ast.SpaceLine,
  name: string,
  words: readonly SpaceWordName[],
  report: Report,
  place?: string,
): name is SpaceWordName {
  if (isSpaceWord(name) && words.includes(name)) return true;
  const span = propertySpan(line, 'name');
  if (isSpaceWord(name)) {
    const message = `${name} holds for all groups: write it in the space itself. ${place} may have ${PLACE_WORDS.join(', ')}.`;
    report({ code: 'unknown-limit', severity: 'error', message, span });
  } else {
    const taken = new Set(line.$container.lines.map((other) => other.name));
    report(unknownWord('unknown-limit', 'limit', name, span, words, { synonyms: SPACE_SYNONYMS, taken }));
  }
  return false;
}

function isFirst(line: ast.SpaceLine, name: SpaceWordName, lines: Reading['lines'], report: Report): boolean {
  if (lines[name] === undefined) return true;
  const message = `${name} is there twice: keep one of them.`;
  const data = { kind: 'remove', span: spanOf(line) } as const;
  report({ code: 'duplicate-statement', severity: 'error', message, span: propertySpan(line, 'name'), data });
  return false;
}

/** Whether a value is not there yet, in the line or behind one of its commas. */
function isUnfinished(line: ast.SpaceLine, name: SpaceWordName, report: Report): boolean {
  const openEnds = line.values.some(({ lower, range, upper, word, dot, field }) =>
    word === undefined ? range && lower === undefined && upper === undefined : dot && field === undefined,
  );
  const stepless = count(line, 'step') > 0 && line.step === undefined;
  if (line.values.length > count(line, ',') && !stepless && !openEnds) return false;
  report(unfinished(spanOf(line), 'its value', spaceWord(name).example));
  return true;
}

/** How often a sign or word of the grammar stands in a line. */
function count({ $cstNode }: ast.SpaceLine, text: string): number {
  if ($cstNode === undefined || !isCompositeCstNode($cstNode)) return 0;
  return $cstNode.content.filter((part) => isLeafCstNode(part) && !part.hidden && part.text === text).length;
}

function readLike(line: ast.SpaceLine, report: Report): NameUse | undefined {
  const [value] = line.values;
  const span = value === undefined ? spanOf(line) : spanOf(value);
  if (line.values.length === 1 && line.step === undefined && line.sign === undefined && value?.dot !== true)
    return nameUse(value?.word ?? value?.lower, span);
  const message = 'A space is like one other space: write one name, such as like tinynas.';
  report({ code: 'bad-value', severity: 'error', message, span: spanOf(line) });
  return undefined;
}

/** Reads one line of limits into the field that it is for. */
function readLimit(line: ast.SpaceLine, name: SpaceWordName, into: Reading, report: Report): void {
  const limits = limitsOf(line, name, report);
  if (limits !== undefined) into.limits = { ...into.limits, ...limits };
}

function limitsOf(line: ast.SpaceLine, name: SpaceWordName, report: Report): WrittenLimits | undefined {
  const word = spaceWord(name);
  const as = <T>(field: keyof WrittenLimits, value: T | undefined): WrittenLimits | undefined =>
    value === undefined ? undefined : { [field]: value };
  switch (word.type) {
    case 'range':
      return as(word.field, readRange(line, name, word, report));
    case 'kernels':
      return as('kernels', readKernels(line, report));
    case 'blocks':
      return as('blocks', readBlocks(line, report));
    case 'number':
      return as(word.field, readOne(line, name, word.rule, report));
    case 'flag':
      return as(word.field, readFlag(line, name, report));
    default:
      return undefined;
  }
}
