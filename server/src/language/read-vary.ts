import type * as ast from './generated/ast.ts';
import type { Span } from './problem.ts';
import { type Report, unfinished } from './report.ts';
import { firstWord, propertySpan, recovered, spanOf } from './span.ts';

/** A number of a neck or head that a search varies: `neck.out`. */
export interface VaryUse {
  readonly node: ast.VaryUse;
  /** `neck`, or a kind of neck or head. */
  readonly part: string;
  /** Undefined where only the part is named. */
  readonly argument: string | undefined;
  readonly span: Span;
}

const EXAMPLE = 'vary neck.out, gfl.convs';

/** What a line such as `vary neck.out, gfl.convs` names; a use that is not finished is told of and is none. */
export function readVary(node: ast.VarySetting, report: Report): VaryUse[] {
  if (node.sign !== undefined) reportSign(node, report);
  if (node.uses.length === 0) report(unfinished(firstWord(node), 'what it varies', EXAMPLE));
  else reportCommas(node, report);
  return node.uses.flatMap((use): VaryUse[] => {
    const { part, argument, dot } = recovered(use);
    const span = spanOf(use);
    if (part === undefined) return [];
    if (dot === true && argument === undefined) {
      report(unfinished(span, `the argument of ${part}`, EXAMPLE));
      return [];
    }
    return [{ node: use, part, argument, span }];
  });
}

/** `vary = neck.out` */
function reportSign(node: ast.VarySetting, report: Report): void {
  const [use] = node.uses;
  const sign = propertySpan(node, 'sign');
  const edits = [
    { span: { start: firstWord(node).end, end: use === undefined ? sign.end : spanOf(use).start }, text: ' ' },
  ];
  const message = `vary names what it varies without a sign: write '${EXAMPLE}'.`;
  const data = { kind: 'edits', title: 'Remove the sign', edits } as const;
  report({ code: 'bad-value', severity: 'error', message, span: sign, data });
}

/** Commas with nothing behind them. */
function reportCommas(node: ast.VarySetting, report: Report): void {
  const text = node.$cstNode?.text ?? '';
  const { start } = spanOf(node);
  const ends = node.uses.map((use) => spanOf(use));
  for (const [at] of ends.entries()) {
    const from = ends[at]?.end ?? start;
    const to = ends[at + 1]?.start ?? spanOf(node).end;
    const commas = commasIn(text.slice(from - start, to - start)).map((comma) => comma + from);
    // One comma is between two uses; behind the last there is none.
    const many = at + 1 < ends.length ? commas.slice(1) : commas;
    for (const comma of many) report(unfinished({ start: comma, end: comma + 1 }, 'what else it varies', EXAMPLE));
  }
  const [first] = ends;
  const before = first === undefined ? [] : commasIn(text.slice(0, first.start - start));
  for (const comma of before)
    report(unfinished({ start: start + comma, end: start + comma + 1 }, 'what it varies', EXAMPLE));
}

/** Where commas stand in a text, those of comments left out. */
const commasIn = (text: string): number[] =>
  [...text.matchAll(/\/\*[\s\S]*?\*\/|\/\/[^\r\n]*|,/g)].flatMap(({ 0: found, index }) =>
    found === ',' ? [index] : [],
  );
