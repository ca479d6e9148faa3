import type { LevelRange, PartValues } from '../detector/detector.ts';
import type { PartArgument, PartDefinition } from '../detector/part-definition.ts';
import { givenTwice, reportNameless, reportSigns } from './argument-signs.ts';
import type { LevelsUse, WrittenArgument } from './detector-source.ts';
import type { Argument, PartLine } from './generated/ast.ts';
import { meantBy, together } from './nearest.ts';
import { partArgument, partArgumentSynonyms, partsOfRole } from './part-words.ts';
import type { Problem } from './problem.ts';
import { readLevels } from './read-levels.ts';
import { argumentRemoval } from './remove-argument.ts';
import { meant, type Report, readNumber, unknownWord } from './report.ts';
import { propertySpan, recovered, spanOf } from './span.ts';
import { DETECTOR_SYNONYMS, VALUE_SYNONYMS } from './synonyms.ts';

/** What the parentheses of a part say. */
export interface PartArgumentsRead {
  /** Without defaults. */
  readonly values: PartValues;
  readonly from: LevelsUse | undefined;
  readonly written: ReadonlyMap<string, WrittenArgument>;
}

export const rangeOf = ({ first, last }: LevelsUse): LevelRange => ({ first: first.name, last: last.name });

/** So many words that mean nothing are told one by one. */
const MOST_UNKNOWN = 16;

export function readPartArguments(node: PartLine, part: PartDefinition, report: Report): PartArgumentsRead {
  const values: Record<string, number | string> = {};
  const written = new Map<string, WrittenArgument>();
  const unknown: Argument[] = [];
  const nameless: Argument[] = [];
  let from: LevelsUse | undefined;
  const listed = new Set<Argument>();
  for (const [index, argument] of node.arguments.entries()) {
    const { name } = recovered(argument);
    const rule = name === undefined ? undefined : partArgument(part, name);
    if (name === undefined) nameless.push(argument);
    else if (listed.has(argument)) continue;
    else if (rule === undefined) unknown.push(argument);
    else if (written.has(name)) report(givenTwice(argument, name));
    else {
      const value = propertySpan(argument, recovered(argument).value === undefined ? 'name' : 'value');
      written.set(name, { node: argument, span: spanOf(argument), value });
      if (rule.type === 'levels') {
        for (const other of listBehind(node, index, part)) listed.add(other);
        from = readLevels(argument, rule, [...listed], report);
      } else {
        const read = readValue(argument, rule, report);
        if (read !== undefined) values[name] = read;
      }
    }
  }
  const names = new Set(written.keys());
  for (const argument of unknown.slice(0, MOST_UNKNOWN)) report(unknownArgument(node, argument, part, names));
  reportNameless(nameless, part, names, report);
  reportSigns(node, report);
  return { values, from, written };
}

/** `from: C3, C4, C5`: names without a value, which stand behind it and are no arguments. */
function listBehind(node: PartLine, index: number, part: PartDefinition): Argument[] {
  const rest = node.arguments.slice(index + 1);
  const text = node.$cstNode?.root.fullText ?? '';
  const isListed = (argument: Argument): boolean => {
    const { name, sign, range } = argument;
    const plain = name !== undefined && sign === undefined && !range && partArgument(part, name) === undefined;
    return plain && isBehindComma(text, spanOf(argument).start);
  };
  const end = rest.findIndex((argument) => !isListed(argument));
  return end < 0 ? rest : rest.slice(0, end);
}

function isBehindComma(text: string, start: number): boolean {
  let at = start - 1;
  while (at >= 0 && /\s/.test(text[at] ?? '')) at -= 1;
  return text[at] === ',';
}

function readValue(
  argument: Argument,
  rule: Exclude<PartArgument, { readonly type: 'levels' }>,
  report: Report,
): number | string | undefined {
  const { name } = rule;
  const { value, sign } = recovered(argument);
  const bad = (message: string, span: Problem['span'], right?: string): undefined => {
    const data = right === undefined ? {} : { data: { kind: 'replace', with: [right] } as const };
    report({ code: 'bad-value', severity: 'error', message, span, ...data });
    return undefined;
  };
  if (value === undefined) {
    const isFlag = rule.type !== 'number' && Object.hasOwn(rule.values, 'yes');
    if (isFlag && sign === undefined && !argument.range) return 'yes';
    return bad(`${name} needs a value, such as ${name}: ${rule.default}.`, spanOf(argument));
  }
  const span = propertySpan(argument, 'value');
  if (argument.sides.length > 0 || argument.range)
    return bad(
      `${name} has one value. Write ${name}: ${value}.`,
      { start: span.start, end: spanOf(argument).end },
      value,
    );
  if (rule.type === 'number') return readNumber(value, rule.rule, span, report);
  if (Object.hasOwn(rule.values, value)) return value;
  const choices = Object.keys(rule.values);
  report(unknownWord('bad-value', `value of ${name}`, value, span, choices, { synonyms: VALUE_SYNONYMS }));
  return undefined;
}

function unknownArgument(
  node: PartLine,
  argument: Argument,
  part: PartDefinition,
  written: ReadonlySet<string>,
): Problem {
  const word = recovered(argument).name ?? '';
  const span = propertySpan(argument, 'name');
  const names = part.arguments.map(({ name }) => name);
  const list = names.length === 0 ? 'It takes none.' : `It takes ${together(names)}.`;
  const problem = (why: string, data: Problem['data']): Problem => ({
    code: 'unknown-argument',
    severity: 'error',
    message: `${part.name} takes no '${word}'. ${why}${list}`,
    span,
    ...(data === undefined ? {} : { data }),
  });
  const range = partArgument(part, 'from');
  // `fpn(C3..C5)`
  if (argument.range && argument.sign === undefined && range !== undefined && !written.has('from')) {
    const text = `from: ${argument.$cstNode?.text ?? ''}`;
    const edits = [{ span: spanOf(argument), text }];
    return problem(`Did you mean ${text}? `, { kind: 'edits', title: `Write ${text}`, edits });
  }
  const { hint, fixes } = meant(word, names, partArgumentSynonyms(part), written);
  if (hint !== undefined) return problem(`${hint} `, fixes.length === 0 ? undefined : { kind: 'replace', with: fixes });
  if (meantBy(word, ['classes'], DETECTOR_SYNONYMS).length > 0)
    return problem('The number of classes stands on a line of the detector: classes 80. ', undefined);
  // What other parts take can only go.
  const elsewhere = [...partsOfRole('neck'), ...partsOfRole('head')].some((other) => partArgument(other, word));
  const edits = argumentRemoval(node, argument);
  return problem('', elsewhere ? { kind: 'edits', title: 'Remove it', edits } : undefined);
}
