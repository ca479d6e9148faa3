import type { BlockKind } from '../backbone/backbone.ts';
import type { Choices, Widths } from '../space/space.ts';
import type * as ast from './generated/ast.ts';
import { type NumberRule, readQuantity } from './quantity.ts';
import { apartFrom, type Report, readNumber, unknownWord } from './report.ts';
import { exchangeableBlocks, KERNEL, OWN, type RangeLimit, STEP } from './space-words.ts';
import { propertySpan, spanOf } from './span.ts';
import { blockSynonyms, VALUE_SYNONYMS } from './synonyms.ts';

/** What one line of a space says, by the type of its word. What is wrong with it goes to `report`. */

/** A range such as 16..1024, with its grid where it is one of widths. */
export function readRange(
  line: ast.SpaceLine,
  name: string,
  { rule, stepped, example }: RangeLimit,
  report: Report,
): Partial<Widths> | undefined {
  const [value, ...others] = line.values;
  if (value === undefined || !hasNoSign(line, name, report)) return undefined;
  if (others.length > 0 || value.word !== undefined) {
    const message = `${name} has one range: write ${example}.`;
    report({ code: 'bad-value', severity: 'error', message, span: spanOf(others[0] ?? value) });
    return undefined;
  }
  if (line.step !== undefined && !stepped) {
    const message = `${name} has no step: every whole number of the range counts.`;
    const step = propertySpan(line, 'step');
    const span = { start: spanOf(value).end, end: step.end };
    report({ code: 'bad-value', severity: 'error', message, span, data: { kind: 'replace', with: [''] } });
    return undefined;
  }
  const read = (end: 'lower' | 'upper'): number | undefined =>
    readNumber(value[end], rule, propertySpan(value, end), report);
  const least = read('lower');
  // One number is a range by itself.
  const most = value.range ? read('upper') : least;
  const step = readNumber(line.step, STEP, propertySpan(line, 'step'), report);
  const isBroken = [
    [value.lower, least],
    [value.upper, most],
    [line.step, step],
  ].some(([written, number]) => written !== undefined && number === undefined);
  if (isBroken) return undefined;
  if (least !== undefined && most !== undefined && least > most) {
    const right = `${value.upper}..${value.lower}`;
    const message = `No number is at least ${value.lower} and at most ${value.upper}: write ${right}.`;
    report({
      code: 'empty-space',
      severity: 'error',
      message,
      span: spanOf(value),
      data: { kind: 'replace', with: [right] },
    });
    return undefined;
  }
  return {
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
    ...(step === undefined ? {} : { step }),
  };
}

/** Kernels such as 3, 5 or own, 3. */
export function readKernels(line: ast.SpaceLine, report: Report): Choices<number> | undefined {
  return readChoices(line, 'k', report, (value) => {
    const text = value.range ? (value.$cstNode?.text ?? '') : (value.lower ?? value.word ?? '');
    const read = readQuantity(text, KERNEL);
    if (read.ok) return read.value;
    report({ code: 'bad-number', severity: 'error', message: read.message, span: spanOf(value) });
    return undefined;
  });
}

/** Blocks that may take each other's place. */
export function readBlocks(line: ast.SpaceLine, report: Report): Choices<BlockKind> | undefined {
  const known = exchangeableBlocks();
  return readChoices(line, 'blocks', report, (value) => {
    const word = value.$cstNode?.text ?? '';
    if (known.includes(word)) return word;
    const context = { synonyms: blockSynonyms(), taken: new Set(line.values.map((other) => other.word)) };
    report(unknownWord('unknown-block', 'block to choose', word, spanOf(value), [OWN, ...known], context));
    return undefined;
  });
}

function readChoices<T>(
  line: ast.SpaceLine,
  name: string,
  report: Report,
  readValue: (value: ast.SpaceValue) => T | undefined,
): Choices<T> | undefined {
  if (!hasNoSign(line, name, report) || !hasNoStep(line, name, report)) return undefined;
  const read = line.values.map((value) => (value.word === OWN && !value.dot ? OWN : readValue(value)));
  const of = read.filter((value): value is T => value !== undefined && value !== OWN);
  if (read.includes(undefined)) return undefined;
  return { own: read.includes(OWN), of: [...new Set(of)] };
}

/** One number. */
export function readOne(line: ast.SpaceLine, name: string, rule: NumberRule, report: Report): number | undefined {
  const [value, ...others] = line.values;
  if (value === undefined || !hasNoSign(line, name, report) || !hasNoStep(line, name, report)) return undefined;
  if (others.length > 0 || value.range) {
    const message = `${name} is one number, such as ${name} ${value.upper ?? value.lower ?? 4}.`;
    report({ code: 'bad-value', severity: 'error', message, span: spanOf(others[0] ?? value) });
    return undefined;
  }
  return readNumber(value.lower ?? value.word, rule, spanOf(value), report);
}

/** `yes` or `no`. */
export function readFlag(line: ast.SpaceLine, name: string, report: Report): boolean | undefined {
  const [value, ...others] = line.values;
  if (value === undefined || !hasNoSign(line, name, report) || !hasNoStep(line, name, report)) return undefined;
  const word = value.$cstNode?.text ?? '';
  if (others.length === 0 && (word === 'yes' || word === 'no')) return word === 'yes';
  const span = spanOf(others[0] ?? value);
  report(unknownWord('bad-value', `value of ${name}`, word, span, ['yes', 'no'], { synonyms: VALUE_SYNONYMS }));
  return undefined;
}

/** Whether a line has no sign between its name and its value; what is written with one is mended. */
function hasNoSign(line: ast.SpaceLine, name: string, report: Report): boolean {
  const { sign } = line;
  const [value] = line.values;
  if (sign === undefined || value === undefined) return true;
  const text = value.$cstNode?.text ?? '';
  const open = !value.range && value.lower !== undefined;
  const right = open && /[<≤]/.test(sign) ? `..${text}` : open && /[>≥]/.test(sign) ? `${text}..` : text;
  const { start } = propertySpan(line, 'sign');
  const span = { start, end: spanOf(value).end };
  const message = `A line of a space has its value without a sign: write '${name} ${right}'.`;
  const data = { kind: 'replace', with: [apartFrom(line, start, right)] } as const;
  report({ code: 'bad-value', severity: 'error', message, span, data });
  return false;
}

function hasNoStep(line: ast.SpaceLine, name: string, report: Report): boolean {
  if (line.step === undefined) return true;
  const message = `${name} has no grid: only out and btn have a step.`;
  report({ code: 'bad-value', severity: 'error', message, span: propertySpan(line, 'step') });
  return false;
}
