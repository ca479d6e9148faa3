import { type AstNode, type CompositeCstNode, type CstNode, isCompositeCstNode } from 'langium';
import type { Argument } from './generated/ast.ts';
import { together } from './nearest.ts';
import type { Edit, Problem } from './problem.ts';
import { contentOf } from './reparse-plan.ts';
import type { Report } from './report.ts';
import { propertySpan, spanOf } from './span.ts';

/** A block or a part with its parentheses. */
export interface ArgumentList extends AstNode {
  readonly arguments: readonly Argument[];
}

const syntax = (message: string, span: Problem['span'], title: string, edits: readonly Edit[]): Problem => ({
  code: 'syntax',
  severity: 'error',
  message,
  span,
  data: { kind: 'edits', title, edits },
});

/** What takes arguments: its name, and those that it takes. */
export interface Taker {
  readonly name: string;
  /** In writing order. */
  readonly arguments: readonly { readonly name: string; readonly type: string }[];
}

/** Numbers without a name, `conv(64, 3, 2)`: one message, and the names they have in the order of the block or part. */
export function reportNameless(
  nameless: readonly Argument[],
  taker: Taker | undefined,
  written: ReadonlySet<string>,
  report: Report,
): [string, string][] {
  const [first] = nameless;
  if (first === undefined) return [];
  const last = nameless[nameless.length - 1] ?? first;
  const span = { start: spanOf(first).start, end: spanOf(last).end };
  const numbers = (taker?.arguments ?? []).filter(({ type }) => type === 'number');
  const names = numbers.map(({ name }) => name).filter((name) => !written.has(name));
  const named = nameless.flatMap((argument, index): [Argument, string][] => {
    const name = names[index];
    return name === undefined ? [] : [[argument, name]];
  });
  const text = named.map(([{ value }, name]) => `${name}: ${value}`).join(', ');
  if (taker === undefined || named.length < nameless.length) {
    const names = (taker?.arguments ?? []).map(({ name }) => name);
    const takes = taker === undefined ? 'such as out: 64' : `and ${taker.name} takes ${together(names) || 'none'}`;
    const message = `Numbers stand behind the names of their arguments, ${takes}.`;
    report({ code: 'syntax', severity: 'error', message, span });
    return [];
  }
  const edits = named.map(([argument, name]): Edit => {
    const { start } = spanOf(argument);
    return { span: { start, end: start }, text: `${name}: ` };
  });
  report(
    syntax(`Numbers stand behind the names of their arguments: ${taker.name}(${text}).`, span, `Write ${text}`, edits),
  );
  return named.map(([{ value = '' }, name]) => [name, value]);
}

export const givenTwice = (argument: Argument, name: string): Problem => ({
  code: 'duplicate-argument',
  severity: 'error',
  message: `${name} is given twice: keep one of them.`,
  span: propertySpan(argument, 'name'),
  data: { kind: 'remove', span: spanOf(argument) },
});

/** `=` instead of `:`, and commas that are missing or too many: one message each for a group. */
export function reportSigns(node: ArgumentList, report: Report): void {
  const equals = node.arguments.filter((a) => a.sign === '=');
  const [first] = equals;
  if (first !== undefined) {
    const edits = equals.map((a): Edit => {
      const span = { start: propertySpan(a, 'name').end, end: propertySpan(a, 'sign').end };
      return { span, text: ':' };
    });
    report(syntax("Arguments take a colon, such as 'out: 64'.", propertySpan(first, 'sign'), 'Change = to :', edits));
  }
  reportCommas(node, report);
}

/** One comma stands between two arguments: the first that is missing or too many is told. */
function reportCommas(node: ArgumentList, report: Report): void {
  if (node.$cstNode === undefined) return;
  const cst = contentOf(node.$cstNode as CompositeCstNode);
  let before: CstNode | undefined;
  let comma: CstNode | undefined;
  for (const part of cst.content) {
    if (part.hidden) continue;
    if (isCompositeCstNode(part)) {
      if (before !== undefined && comma === undefined) {
        const edit = { span: { start: before.end, end: before.end }, text: ',' };
        const span = { start: part.offset, end: part.end };
        report(syntax('A comma is missing before this argument.', span, 'Add a comma', [edit]));
        return;
      }
      before = part;
      comma = undefined;
    } else if (part.length === 1 && part.text === ',') comma = part;
  }
  if (comma === undefined) return;
  const span = { start: comma.offset, end: comma.end };
  report(syntax('There is a comma too many.', span, 'Remove the comma', [{ span, text: '' }]));
}
