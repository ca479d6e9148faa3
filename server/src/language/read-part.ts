import { partNamed, partOf } from '../detector/parts.ts';
import type { PartSource } from './detector-source.ts';
import type { PartLine } from './generated/ast.ts';
import { meantBy, plain } from './nearest.ts';
import { isPart, type PartRole, partNames, partSynonyms } from './part-words.ts';
import type { Problem, Span } from './problem.ts';
import { rangeOf, readPartArguments } from './read-part-arguments.ts';
import { type Report, unfinished, unknownWord } from './report.ts';
import { firstWord, propertySpan, recovered, spanOf } from './span.ts';

/** Reads the line of a neck or a head. */
export function readPart(node: PartLine, tell: Report): PartSource {
  let faultless = true;
  const report: Report = (problem) => {
    if (problem.severity === 'error') faultless = false;
    tell(problem);
  };
  const role = recovered(node).role ?? 'head';
  const { kind: word } = recovered(node);
  const span = spanOf(node);
  const nothing = { node, role, span, values: {}, from: undefined, written: new Map(), part: undefined };
  if (word === undefined) {
    const example = role === 'neck' ? 'neck fpn(from: C3..C5)' : 'head gfl(width: 256)';
    report(unfinished(firstWord(node), `the ${role}`, example));
    return { ...nothing, kindSpan: firstWord(node), definition: undefined };
  }
  const kindSpan = propertySpan(node, 'kind');
  reportSign(node, role, report);
  const found = partNamed(word);
  if (found === undefined || found.role !== role) {
    report(unknownPart(node, role, word, kindSpan));
    return { ...nothing, kindSpan, definition: undefined };
  }
  const { values, from, written } = readPartArguments(node, found, report);
  const whole = partOf(found, values, from && rangeOf(from));
  return {
    node,
    role,
    span,
    kindSpan,
    definition: found,
    values: whole.values,
    from,
    written,
    part: faultless ? whole : undefined,
  };
}

/** `neck: fpn()` */
function reportSign(node: PartLine, role: PartRole, report: Report): void {
  if (recovered(node).sign === undefined) return;
  const sign = propertySpan(node, 'sign');
  const { start } = firstWord(node);
  const edits = [{ span: { start: start + role.length, end: propertySpan(node, 'kind').start }, text: ' ' }];
  const message = `A ${role} stands behind its word without a sign: write '${role} ${node.kind}'.`;
  const data = { kind: 'edits', title: 'Remove the sign', edits } as const;
  report({ code: 'bad-value', severity: 'error', message, span: sign, data });
}

function unknownPart(node: PartLine, role: PartRole, word: string, span: Span): Problem {
  const other = role === 'neck' ? 'head' : 'neck';
  const synonyms = partSynonyms();
  const context = { synonyms };
  const isCalled = (names: readonly string[]): boolean =>
    (synonyms[plain(word)] ?? []).some((name) => names.includes(name));
  const own = isPart(word) || isCalled(partNames(other)) ? [] : meantBy(word, partNames(role), synonyms);
  const meant = own.length > 0 ? [] : isPart(word) ? [word] : meantBy(word, partNames(other), synonyms);
  const [name] = meant;
  if (name === undefined) return unknownWord('unknown-part', role, word, span, partNames(role), context);
  const edits = [
    { span: { start: firstWord(node).start, end: firstWord(node).start + role.length }, text: other },
    ...(name === word ? [] : [{ span, text: name }]),
  ];
  const message = `${name} is a ${other} and no ${role}: write '${other} ${name}'.`;
  const data = { kind: 'edits', title: `Make it ${other} ${name}`, edits } as const;
  return { code: 'unknown-part', severity: 'error', message, span, data };
}
