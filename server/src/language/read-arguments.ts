import { withValue } from '../backbone/argument-values.ts';
import type { Argument as ArgumentRule } from '../backbone/arguments.ts';
import type { BlockKind, Group } from '../backbone/backbone.ts';
import { givenTwice, reportNameless, reportSigns } from './argument-signs.ts';
import type { Argument, Group as GroupNode } from './generated/ast.ts';
import { readQuantity } from './quantity.ts';
import { type Report, readNumber, unknownWord } from './report.ts';
import { propertySpan, recovered, spanOf } from './span.ts';
import { VALUE_SYNONYMS } from './synonyms.ts';
import { unknownArgument } from './unknown-argument.ts';
import { argumentNamed, argumentsOf, DEPTH, takes } from './vocabulary.ts';

/** What the parentheses of a group say. */
export interface ArgumentsRead {
  /** What is written as it should be. */
  readonly fields: Partial<Group>;
  /** What other words and numbers without a name seem to mean. */
  readonly meant: Partial<Group>;
  /** The number of blocks, where an argument seems to mean it. */
  readonly depth: Partial<Group>;
  /** The arguments that are there under whatever name. */
  readonly written: ReadonlySet<string>;
}

/** So many words that mean nothing are told one by one; a group with more is no group. */
const MOST_UNKNOWN = 16;

/** @param block what the arguments belong to, or seem to */
export function readArguments(
  node: GroupNode,
  block: BlockKind | undefined,
  reads: number | undefined,
  report: Report,
): ArgumentsRead {
  let fields: Partial<Group> = {};
  let meant: Partial<Group> = {};
  let depth: Partial<Group> = {};
  const written = new Set<string>();
  const unknown: Argument[] = [];
  const nameless: Argument[] = [];
  for (const argument of node.arguments) {
    const { name } = recovered(argument);
    if (name === undefined) {
      nameless.push(argument);
      continue;
    }
    const rule = argumentNamed(name);
    if (rule === undefined || (block !== undefined && !takes(block, name))) {
      unknown.push(argument);
      continue;
    }
    if (written.has(name)) {
      report(givenTwice(argument, name));
      continue;
    }
    written.add(name);
    const value = readArgument(argument, rule, report);
    if (value !== undefined) fields = withValue(fields, rule, value);
  }
  const { out } = fields;
  for (const argument of unknown.slice(0, MOST_UNKNOWN)) {
    const found = unknownArgument(argument, argument.name ?? '', { node, block, written, reads, out });
    report(found.problem);
    if (found.depth !== undefined) depth = numberOf('depth', found.depth, DEPTH);
    if (found.meant === undefined) continue;
    written.add(found.meant.name);
    meant = { ...meant, ...fieldsOf(found.meant.name, found.meant.value) };
  }
  const taker = block === undefined ? undefined : { name: block, arguments: argumentsOf(block) };
  for (const [name, value] of reportNameless(nameless, taker, written, report)) {
    written.add(name);
    meant = { ...meant, ...fieldsOf(name, value) };
  }
  reportSigns(node, report);
  return { fields, meant, depth, written };
}

const numberOf = (field: keyof Group, text: string, rule: Parameters<typeof readQuantity>[1]): Partial<Group> => {
  const read = readQuantity(text, rule);
  return read.ok ? { [field]: read.value } : {};
};

/** What an argument would say with this value; nothing where the value is none. */
function fieldsOf(name: string, text: string): Partial<Group> {
  const argument = argumentNamed(name);
  if (argument === undefined) return {};
  if (argument.type !== 'number') return Object.hasOwn(argument.values, text) ? withValue({}, argument, text) : {};
  const read = readQuantity(text, argument.rule);
  return read.ok ? withValue({}, argument, read.value) : {};
}

function readArgument(argument: Argument, rule: ArgumentRule, report: Report): number | string | undefined {
  const { name } = rule;
  const { value, sign } = recovered(argument);
  if (value === undefined) {
    if (rule.type === 'flag' && sign === undefined && !argument.range) return 'yes';
    const example = rule.type === 'number' ? rule.usual[0] : rule.type === 'flag' ? 'yes' : rule.default;
    const message = `${name} needs a value, such as ${name}: ${example}.`;
    report({ code: 'bad-value', severity: 'error', message, span: spanOf(argument) });
    return undefined;
  }
  const span = propertySpan(argument, 'value');
  const [side] = argument.sides;
  if (side !== undefined) {
    const whole = { start: span.start, end: spanOf(argument).end };
    const message = `${name} is one number: a kernel is as high as it is wide. Write ${name}: ${value}.`;
    const data = { kind: 'replace', with: [value] } as const;
    report({ code: 'bad-value', severity: 'error', message, span: whole, data });
    return undefined;
  }
  if (argument.range) {
    const whole = { start: span.start, end: spanOf(argument).end };
    const message = `${name} has one value: what it may be in a search is for the space to say. Write ${name}: ${value}.`;
    report({ code: 'bad-value', severity: 'error', message, span: whole, data: { kind: 'replace', with: [value] } });
    return undefined;
  }
  if (rule.type === 'number') return readNumber(value, rule.rule, span, report);
  if (Object.hasOwn(rule.values, value)) return value;
  const values = Object.keys(rule.values);
  report(unknownWord('bad-value', `value of ${name}`, value, span, values, { synonyms: VALUE_SYNONYMS }));
  return undefined;
}
