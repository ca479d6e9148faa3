import { BTN, K, OUT, S } from '../backbone/arguments.ts';
import { type Group, group } from '../backbone/backbone.ts';
import { alternatives, nearest } from '../language/nearest.ts';
import type { Span } from '../language/problem.ts';
import { type NumberRule, readQuantity } from '../language/quantity.ts';
import { DEPTH, INPUT_CHANNELS } from '../language/vocabulary.ts';
import type { TextProblem } from './outcome.ts';
import type { Literal } from './python-literal.ts';
import { classNamed, TINYNAS_CLASSES, type TinynasClass, type TinynasKey } from './tinynas-classes.ts';

/** The same limits as in the language, so that what is imported can be opened. */
const RULES: Readonly<Record<TinynasKey, NumberRule>> = {
  in: { ...INPUT_CHANNELS, what: 'in' },
  out: OUT.rule,
  k: K.rule,
  s: S.rule,
  L: { ...DEPTH, what: 'L, the number of blocks,' },
  btn: BTN.rule,
};

/** One block dict that was read: its group, and where its input channels are written. */
export interface TinynasBlock {
  readonly group: Group;
  readonly in: number;
  readonly inSpan: Span;
}

const EXAMPLE = "{'class': 'SuperResK1KXK1', 'in': 64, 'out': 256, 'k': 3, 's': 2, 'L': 2, 'btn': 64}";

/** Reads one block dict; what is wrong with it goes to `report`. Keys that a block does not need are ignored. */
export function readBlock(literal: Literal, report: (problem: TextProblem) => void): TinynasBlock | undefined {
  if (literal.kind !== 'dict') {
    report({ message: `A block is a dict, such as ${EXAMPLE}.`, span: literal.span });
    return undefined;
  }
  const found = new Map<string, Literal>();
  for (const { key, value } of literal.entries) {
    if (key.kind !== 'string') {
      report({ message: "The keys of a block are strings, such as 'out'.", span: key.span });
      return undefined;
    }
    if (found.has(key.value)) {
      report({ message: `'${key.value}' is given twice in this block: keep one of them.`, span: key.span });
      return undefined;
    }
    found.set(key.value, value);
  }
  const kind = readClass(found.get('class'), literal.span, report);
  return kind === undefined ? undefined : readNumbers(kind, found, literal.span, report);
}

function readClass(
  value: Literal | undefined,
  block: Span,
  report: (problem: TextProblem) => void,
): TinynasClass | undefined {
  const names = TINYNAS_CLASSES.map((c) => c.name);
  if (value?.kind !== 'string') {
    const message = `A block needs 'class', one of ${alternatives(names)}.`;
    report({ message, span: value?.span ?? opening(block) });
    return undefined;
  }
  const kind = classNamed(value.value);
  if (kind === undefined) {
    const near = nearest(value.value, names);
    const hint =
      near.length > 0 ? `Did you mean ${alternatives(near.slice(0, 2))}?` : `Known are ${alternatives(names)}.`;
    report({ message: `There is no block class '${value.value}'. ${hint}`, span: value.span });
  }
  return kind;
}

/** The bracket that opens a block: the place of what is missing from it. */
const opening = (block: Span): Span => ({ start: block.start, end: block.start + 1 });

function readNumbers(
  kind: TinynasClass,
  found: ReadonlyMap<string, Literal>,
  block: Span,
  report: (problem: TextProblem) => void,
): TinynasBlock | undefined {
  const missing = kind.keys.filter((key) => !found.has(key));
  if (missing.length > 0) {
    const names = alternatives(missing.map((key) => `'${key}'`)).replace(' or ', ' and ');
    report({ message: `This ${kind.name} lacks ${names}: a block reads ${EXAMPLE}.`, span: opening(block) });
  }
  const values = new Map<TinynasKey, number>();
  for (const key of kind.keys) {
    const value = found.get(key);
    const number = value === undefined ? undefined : readNumber(key, value, report);
    if (number !== undefined) values.set(key, number);
  }
  if (values.size < kind.keys.length) return undefined;
  const number = (key: TinynasKey, otherwise: number): number => values.get(key) ?? otherwise;
  return {
    group: group({
      block: kind.block,
      out: number('out', 0),
      btn: number('btn', 0),
      kernel: number('k', 1),
      stride: number('s', 1),
      depth: number('L', 1),
      se: kind.se,
    }),
    in: number('in', 0),
    inSpan: found.get('in')?.span ?? block,
  };
}

function readNumber(key: TinynasKey, value: Literal, report: (problem: TextProblem) => void): number | undefined {
  if (value.kind !== 'number') {
    report({ message: `'${key}' must be a number, such as ${key === 's' || key === 'L' ? 2 : 64}.`, span: value.span });
    return undefined;
  }
  // Integers are read in any notation that Python has, 0x40 and 6_4 included; what is not whole is shown as written.
  const text = Number.isSafeInteger(value.value) ? String(value.value) : value.raw;
  const result = readQuantity(text, RULES[key]);
  if (result.ok) return result.value;
  report({ message: result.message, span: value.span });
  return undefined;
}
