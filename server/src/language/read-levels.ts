import type { LevelsArgument } from '../detector/part-definition.ts';
import type { LevelsUse } from './detector-source.ts';
import type { Argument } from './generated/ast.ts';
import type { Problem, Span } from './problem.ts';
import type { Report } from './report.ts';
import { propertySpan, recovered, spanOf } from './span.ts';

/**
 * Reads what a neck reads, such as C3..C5, or C5 alone.
 *
 * @param others names without a value that stand behind it, where somebody wrote a list: `from: C3, C4, C5`
 */
export function readLevels(
  argument: Argument,
  rule: LevelsArgument,
  others: readonly Argument[],
  report: Report,
): LevelsUse | undefined {
  const { value, upper } = recovered(argument);
  const example = rule.default === 'all' ? 'C3..C5' : rule.default;
  const start =
    value === undefined ? (argument.range ? rangeStart(argument) : undefined) : propertySpan(argument, 'value').start;
  const span = start === undefined ? spanOf(argument) : { start, end: spanOf(argument).end };
  const wrong = (message: string, span: Span, right?: string): undefined => {
    report(badValue(message, span, right));
    return undefined;
  };
  if (value === undefined || (argument.range && upper === undefined)) {
    const open = argument.range ? 'says both of its ends' : 'needs a value';
    return wrong(`from ${open}, such as from: ${example}.`, span);
  }
  // What is read where nothing is written has this word.
  if (value === rule.default && !argument.range && rule.default === 'all') return undefined;
  if (argument.sides.length > 0) return wrong(`from is a range of outputs, such as from: ${example}.`, span);
  if (others.length > 0) {
    const last = others.at(-1);
    const whole = { start: span.start, end: last === undefined ? span.end : spanOf(last).end };
    const right = rule.single ? value : `${value}..${last?.name ?? value}`;
    return wrong(`What is read is ${rule.single ? 'one output' : 'a range'}: write from: ${right}.`, whole, right);
  }
  const names = [value, upper ?? value];
  if (names.some((name) => /^\d/.test(name))) {
    const right = names.map((name) => (/^\d+$/.test(name) ? `C${name}` : name));
    const text = upper === undefined ? right[0] : right.join('..');
    return wrong(`Outputs have names: write from: ${text}.`, span, text);
  }
  if (rule.single && upper !== undefined && upper !== value)
    return wrong(`One output is read here, and no range: write from: ${upper}.`, span, upper);
  const first = { name: value, span: propertySpan(argument, 'value') };
  if (upper === undefined) return { first, last: first, span };
  return { first, last: { name: upper, span: propertySpan(argument, 'upper') }, span };
}

const rangeStart = (argument: Argument): number => propertySpan(argument, 'range').start;

const badValue = (message: string, span: Span, right: string | undefined): Problem => ({
  code: 'bad-value',
  severity: 'error',
  message,
  span,
  ...(right === undefined ? {} : { data: { kind: 'replace', with: [right] } as const }),
});
