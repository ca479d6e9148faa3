import type { BlockKind, Group } from '../backbone/backbone.ts';
import { group } from '../backbone/backbone.ts';
import type { Argument, Group as GroupNode, Stage, Stem } from './generated/ast.ts';
import { Memo } from './memo.ts';
import { alternatives, nearest } from './nearest.ts';
import type { Problem, Span } from './problem.ts';
import { type NumberRule, readQuantity } from './quantity.ts';
import { firstWord, propertySpan, recovered, spanOf } from './span.ts';
import {
  ARGUMENTS,
  type ArgumentName,
  argumentsOf,
  BLOCK_KINDS,
  BLOCKS,
  DEPTH,
  isArgumentName,
  isBlockKind,
} from './vocabulary.ts';

/** One group line of the text and what it says. */
export interface GroupSource {
  readonly node: GroupNode;
  readonly statement: Stem | Stage;
  readonly span: Span;
  readonly block: BlockKind | undefined;
  /** The numbers that could be read: a broken argument silences only the checks that need it. */
  readonly fields: Partial<Group>;
  /** The group, when all of it is right. */
  readonly group: Group | undefined;
}

export type Report = (problem: Problem) => void;

const FIELD_OF = {
  out: 'out',
  btn: 'btn',
  k: 'kernel',
  s: 'stride',
  shortcut: 'shortcut',
  strided: 'strided',
  se: 'se',
} as const satisfies Record<ArgumentName, keyof Group>;

/** Reads a number of the text; what is wrong with it goes to `report`. */
export function readNumber(text: string | undefined, rule: NumberRule, span: Span, report: Report): number | undefined {
  if (text === undefined) return undefined;
  const result = readQuantity(text, rule);
  if (result.ok) return result.value;
  report({ code: 'bad-number', severity: 'error', message: result.message, span });
  return undefined;
}

/** Where the span of a missing or misspelt word is known, the words that may have been meant become a fix. */
export function unknownWord(
  code: Problem['code'],
  what: string,
  word: string,
  span: Span,
  candidates: readonly string[],
): Problem {
  const near = nearest(word, candidates);
  const hint = near.length > 0 ? `Did you mean ${alternatives(near.slice(0, 3))}?` : `Use ${alternatives(candidates)}.`;
  const message = `There is no ${what} '${word}'. ${candidates.length === 0 ? 'None is declared.' : hint}`;
  const problem: Problem = { code, severity: 'error', message, span };
  return near.length > 0 ? { ...problem, data: { kind: 'replace', with: near } } : problem;
}

/** What was read of groups that nothing is wrong with. */
const readings = new Memo<Pick<GroupSource, 'block' | 'fields' | 'group'>>('reading');

export function readGroup(node: GroupNode, statement: Stem | Stage, report: Report): GroupSource {
  const known = readings.get(node);
  if (known !== undefined) return { node, statement, span: spanOf(node), ...known };
  let faultless = true;
  const source = readAfresh(node, statement, (problem) => {
    faultless = false;
    report(problem);
  });
  const { block, fields, group: whole } = source;
  if (faultless && whole !== undefined) readings.set(node, { block, fields, group: whole });
  return source;
}

function readAfresh(node: GroupNode, statement: Stem | Stage, report: Report): GroupSource {
  const { block: word, depth } = recovered(node);
  const span = spanOf(node);
  let block: BlockKind | undefined;
  if (word !== undefined) {
    if (isBlockKind(word)) block = word;
    else report(unknownWord('unknown-block', 'block', word, propertySpan(node, 'block'), BLOCK_KINDS));
  }
  const fields = readArguments(node, block, report);
  const blocks = depth === undefined ? 1 : readNumber(depth, DEPTH, propertySpan(node, 'depth'), report);
  const complete = blocks !== undefined && block !== undefined && reportMissing(node, block, fields, report);
  const all: Partial<Group> = {
    ...fields,
    ...(block === undefined ? {} : { block }),
    ...(blocks === undefined ? {} : { depth: blocks }),
  };
  const { kernel, stride } = all;
  const whole =
    complete && block !== undefined && kernel !== undefined && stride !== undefined
      ? group({ ...all, block, kernel, stride })
      : undefined;
  return { node, statement, span, block, fields: all, group: whole };
}

function readArguments(node: GroupNode, block: BlockKind | undefined, report: Report): Partial<Group> {
  const fields: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const argument of node.arguments) {
    const { name } = recovered(argument);
    if (name === undefined) continue;
    const span = propertySpan(argument, 'name');
    if (!isArgumentName(name) || (block !== undefined && !argumentsOf(block).includes(name))) {
      const candidates = block === undefined ? Object.keys(ARGUMENTS) : argumentsOf(block);
      report(unknownWord('unknown-argument', `argument of ${block ?? 'blocks'}`, name, span, candidates));
      continue;
    }
    if (seen.has(name)) {
      const message = `${name} is given twice: keep one of them.`;
      const data = { kind: 'remove', span: spanOf(argument) } as const;
      report({ code: 'duplicate-argument', severity: 'error', message, span, data });
      continue;
    }
    seen.add(name);
    const value = readArgument(argument, name, report);
    if (value !== undefined) fields[FIELD_OF[name]] = value;
  }
  return fields;
}

function readArgument(argument: Argument, name: ArgumentName, report: Report): number | string | boolean | undefined {
  const rule = ARGUMENTS[name];
  const { value } = recovered(argument);
  const hasColon = argument.$cstNode?.text.includes(':') === true;
  if (value === undefined) {
    if (name === 'se' && !hasColon) return true;
    if (!hasColon) {
      const example = rule.type === 'number' ? rule.usual[0] : rule.default;
      const message = `${name} needs a value, such as ${name}: ${example}.`;
      report({ code: 'bad-value', severity: 'error', message, span: propertySpan(argument, 'name') });
    }
    return undefined;
  }
  const span = propertySpan(argument, 'value');
  if (rule.type === 'number') return readNumber(value, rule.rule, span, report);
  if (Object.hasOwn(rule.values, value)) return name === 'se' ? value === 'yes' : value;
  report(unknownWord('bad-value', `value of ${name}`, value, span, Object.keys(rule.values)));
  return undefined;
}

/** Names the required arguments that are nowhere in the text; true when every required number could be read. */
function reportMissing(node: GroupNode, block: BlockKind, fields: Partial<Group>, report: Report): boolean {
  const { required } = BLOCKS[block];
  const written = new Set(node.arguments.map((a) => a.name));
  const missing = required.filter((name) => !written.has(name));
  if (missing.length > 0) {
    const end = spanOf(node).start + (node.$cstNode?.text.lastIndexOf(')') ?? -1);
    const message = `${block} needs ${alternatives(missing).replace(' or ', ' and ')}: ${BLOCKS[block].doc}.`;
    report({
      code: 'missing-argument',
      severity: 'error',
      message,
      span: firstWord(node),
      ...(end >= spanOf(node).start ? { data: { kind: 'add-arguments', arguments: missing, at: end } as const } : {}),
    });
  }
  const readable = argumentsOf(block).every((name) => !written.has(name) || fields[FIELD_OF[name]] !== undefined);
  return missing.length === 0 && readable && node.arguments.every((a) => isArgumentName(a.name ?? ''));
}
