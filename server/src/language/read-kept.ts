import type * as ast from './generated/ast.ts';
import type { KeptSource } from './read-space.ts';
import { type Report, unknownWord } from './report.ts';
import { KEPT_FIELDS } from './space-words.ts';
import { propertySpan, recovered, spanOf } from './span.ts';
import { argumentSynonyms } from './synonyms.ts';

/** What a line such as `keep stem, C3.out` keeps. */
export function readKept(line: ast.SpaceLine, report: Report): KeptSource[] {
  if (line.sign !== undefined || line.step !== undefined) {
    const message = 'A line names what it keeps: write keep stem, C3.out.';
    report({ code: 'bad-value', severity: 'error', message, span: propertySpan(line, line.sign ? 'sign' : 'step') });
    return [];
  }
  return line.values.flatMap((value) => readOne(value, report));
}

function readOne(value: ast.SpaceValue, report: Report): KeptSource[] {
  const { word, field } = recovered(value);
  const span = spanOf(value);
  if (word === undefined) {
    const message = `'${value.$cstNode?.text ?? ''}' names no line: write the stem, a stage or a node, such as keep C2.`;
    report({ code: 'bad-value', severity: 'error', message, span });
    return [];
  }
  const place = propertySpan(value, 'word');
  if (field === undefined) return [{ node: value, kept: { place: word }, place, span }];
  const known = Object.hasOwn(KEPT_FIELDS, field) ? KEPT_FIELDS[field] : undefined;
  if (known !== undefined) return [{ node: value, kept: { place: word, field: known }, place, span }];
  const names = Object.keys(KEPT_FIELDS);
  const at = propertySpan(value, 'field');
  report(unknownWord('unknown-argument', 'argument to keep', field, at, names, { synonyms: argumentSynonyms() }));
  return [];
}
