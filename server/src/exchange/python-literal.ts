import { parser } from '@lezer/python';
import type { Span } from '../language/problem.ts';
import { failed, type Outcome, type TextProblem } from './outcome.ts';
import { checkBrackets, MAX_NESTING } from './python-brackets.ts';
import { describeCode } from './python-code.ts';
import { decodeString } from './python-string.ts';

/** A value that Python's ast.literal_eval would accept, with its place in the text. Tuples are lists. */
export type Literal =
  | { readonly kind: 'list'; readonly items: readonly Literal[]; readonly span: Span }
  | { readonly kind: 'dict'; readonly entries: readonly DictEntry[]; readonly span: Span }
  | { readonly kind: 'string'; readonly value: string; readonly span: Span }
  | { readonly kind: 'number'; readonly value: number; readonly raw: string; readonly span: Span }
  | { readonly kind: 'constant'; readonly value: boolean | undefined; readonly span: Span };

export interface DictEntry {
  readonly key: Literal;
  readonly value: Literal;
}

/** A few thousand networks. Larger files are something else, and parsing them would only take time. */
export const MAX_LITERAL_LENGTH = 1_000_000;

/** The first error ends the parse: no tree is guessed, and no time is lost on a file that is no Python. */
const strict = parser.configure({ strict: true });

type Tree = ReturnType<typeof strict.parse>;
type Node = Tree['topNode'];

/**
 * Reads a text that holds one Python literal: lists, tuples, dicts, strings, numbers, True, False and None. The grammar
 * is Python's own, and whatever in it is code (a call, a name, an operator …) is a problem that says so. Nothing is
 * ever evaluated.
 */
export function parseLiteral(source: string): Outcome<Literal> {
  const binary = source.indexOf('\0');
  if (binary >= 0) return failed('This is a binary file: a structure is text, a Python list of blocks.', binary);
  if (source.length > MAX_LITERAL_LENGTH) {
    const size = (source.length / 1e6).toFixed(1);
    return failed(`This text has ${size} million characters; a structure file may have 1 million.`, 0);
  }
  // Indentation and a byte-order mark mean nothing to a literal. Replaced one for one, offsets stay true.
  const text = source.replace(/^[\s\uFEFF]+/u, (space) => '\n'.repeat(space.length));
  if (text.trim() === '') return failed('This file is empty: a structure is a Python list of blocks.', 0, 0);
  const bracket = checkBrackets(text);
  if (bracket !== undefined) return { ok: false, problems: [bracket] };
  const parsed = parseStrictly(text);
  if (!parsed.ok) return parsed;
  const [first, second] = statementsOf(parsed.value.topNode);
  if (first === undefined) return failed('This file holds comments only: a structure is a Python list of blocks.', 0);
  if (second !== undefined) return failed('One literal ends before this: a file holds a single one.', second.from);
  const expression = first.name === 'ExpressionStatement' ? first.firstChild : null;
  const literal = new Reader(text).read(expression ?? first, 0);
  return 'message' in literal ? { ok: false, problems: [literal] } : { ok: true, value: literal };
}

function parseStrictly(text: string): Outcome<Tree> {
  const parse = strict.startParse(text);
  try {
    for (;;) {
      const tree = parse.advance();
      if (tree !== null) return { ok: true, value: tree };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return syntaxProblem(text, parse.parsedPos);
  }
}

function syntaxProblem(text: string, position: number): Outcome<never> {
  const at = position + (/^\s*/.exec(text.slice(position, position + 1000))?.[0].length ?? 0);
  const [found] = /^(?:[\p{L}\p{N}_.]+|.)/u.exec(text.slice(at, at + 40)) ?? [];
  if (found === undefined) return failed('The text ends here in the middle of a value.', Math.max(0, text.length - 1));
  const shown = /\p{C}/u.test(found) ? JSON.stringify(found).slice(1, -1) : found;
  const message = `'${shown}' cannot stand here: a comma or a value is missing before it, or it is no Python.`;
  return failed(message, at, at + found.length);
}

function statementsOf(script: Node): Node[] {
  const found: Node[] = [];
  for (let node = script.firstChild; node !== null && found.length < 2; node = node.nextSibling) {
    if (node.name !== 'Comment' && node.name !== ';') found.push(node);
  }
  return found;
}

class Reader {
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  read(node: Node, depth: number): Literal | TextProblem {
    const span = { start: node.from, end: node.to };
    const raw = this.text.slice(node.from, node.to);
    if (depth > MAX_NESTING) return { message: 'This is nested too deep for a structure.', span };
    switch (node.name) {
      case 'ArrayExpression':
      case 'TupleExpression':
        return this.list(node, depth);
      case 'DictionaryExpression':
        return this.dict(node, depth);
      case 'ParenthesizedExpression': {
        const [inner] = valuesOf(node);
        return inner === undefined ? this.code(node) : this.read(inner, depth + 1);
      }
      case 'String':
      case 'ContinuedString':
        return this.string(node);
      case 'Number':
        return numberOf(raw, span);
      case 'UnaryExpression':
        return this.negative(node);
      case 'Boolean':
        return { kind: 'constant', value: raw === 'True', span };
      case 'None':
        return { kind: 'constant', value: undefined, span };
      default:
        return this.code(node);
    }
  }

  private list(node: Node, depth: number): Literal | TextProblem {
    const items: Literal[] = [];
    for (const child of valuesOf(node)) {
      const item = this.read(child, depth + 1);
      if ('message' in item) return item;
      items.push(item);
    }
    return { kind: 'list', items, span: { start: node.from, end: node.to } };
  }

  private dict(node: Node, depth: number): Literal | TextProblem {
    const entries: DictEntry[] = [];
    let key: Literal | undefined;
    for (const child of valuesOf(node)) {
      const item = this.read(child, depth + 1);
      if ('message' in item) return item;
      if (key === undefined) key = item;
      else {
        entries.push({ key, value: item });
        key = undefined;
      }
    }
    return { kind: 'dict', entries, span: { start: node.from, end: node.to } };
  }

  private string(node: Node): Literal | TextProblem {
    let value = '';
    for (const part of node.name === 'String' ? [node] : valuesOf(node)) {
      if (part.name !== 'String') return this.code(part);
      const decoded = decodeString(this.text.slice(part.from, part.to));
      const at = part.from;
      if (!decoded.ok) {
        return { message: decoded.message, span: { start: at + decoded.at, end: at + decoded.at + 1 } };
      }
      value += decoded.value;
    }
    return { kind: 'string', value, span: { start: node.from, end: node.to } };
  }

  /** A sign belongs to a number: ±5 is a literal, −x and −−5 are not. */
  private negative(node: Node): Literal | TextProblem {
    const number = node.lastChild;
    const sign = this.text.charAt(node.from);
    if (number?.name !== 'Number' || (sign !== '-' && sign !== '+')) return this.code(node);
    const span = { start: node.from, end: node.to };
    const read = numberOf(this.text.slice(number.from, number.to), span);
    if (!('kind' in read) || read.kind !== 'number') return read;
    return sign === '+' ? read : { ...read, value: -read.value, raw: `-${read.raw}` };
  }

  private code(node: Node): TextProblem {
    const text = this.text.slice(node.from, node.to);
    return { message: describeCode(node.name, text), span: { start: node.from, end: node.to } };
  }
}

/** The values among the children of a node: everything but punctuation and comments. */
function* valuesOf(node: Node): Generator<Node> {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!/^[[\](){},:]$|^Comment$/.test(child.name)) yield child;
  }
}

function numberOf(raw: string, span: Span): Literal | TextProblem {
  if (/^0\d*[1-9]\d*$/.test(raw))
    return { message: `Write ${Number(raw)}: Python numbers have no leading zero.`, span };
  const value = Number(raw.replaceAll('_', ''));
  if (Number.isNaN(value)) return { message: `'${raw}' is no real number: write digits, such as 64.`, span };
  return { kind: 'number', value, raw, span };
}
