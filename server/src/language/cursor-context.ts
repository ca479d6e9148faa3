import { type GraphPlace, nodePlace, outputPlace } from './cursor-graph.ts';
import { type GroupPlace, groupPlace } from './cursor-group.ts';
import { type SpacePlace, spacePlace } from './cursor-space.ts';
import { maeServices } from './parse.ts';
import type { Span } from './problem.ts';

/**
 * What can stand at a place of a text that is being typed. It reads tokens, not the tree: half a line is nothing to the
 * parser, but says well enough what comes next.
 */
export type Place =
  | GroupPlace
  | GraphPlace
  | SpacePlace
  | { readonly kind: 'none' | 'declaration' | 'limit' | 'setting' | 'stage-weight' | 'weight' }
  /** A line of a backbone; after a group it may also go on with `x` or `+`. */
  | { readonly kind: 'statement'; readonly after: 'group' | 'depth' | 'other' }
  /** `given` words of `3 x 480 x 480` are written. */
  | { readonly kind: 'input'; readonly given: number }
  | { readonly kind: 'stage-name' }
  | { readonly kind: 'name'; readonly of: 'backbone' | 'budget' }
  | { readonly kind: 'amount'; readonly cost: string }
  /** `signed` behind the sign of `score >= …`. */
  | { readonly kind: 'setting-value'; readonly setting: string; readonly signed: boolean };

export interface CursorContext {
  readonly place: Place;
  /** The declaration around the cursor. */
  readonly declaration: { readonly keyword: string; readonly name: string | undefined } | undefined;
  /** Its tokens without the word under the cursor. */
  readonly tokens: readonly Token[];
  /** The word under the cursor, empty between words: what a proposal replaces. */
  readonly word: Span;
  /** Whether the word begins its line, so that a new line of the block may be meant whatever is unfinished before. */
  readonly lineStart: boolean;
  /** The token after the word. */
  readonly next: string;
}

export interface Token extends Span {
  readonly text: string;
  readonly line: number;
  /** Whether it begins a declaration, a statement of a backbone, a clause of one, or a group: words may be names too. */
  readonly begins: 'declaration' | 'statement' | 'clause' | 'group' | undefined;
}

const WORD_BEFORE = /[\p{L}\p{M}\p{N}_.%-]*$/u;
const WORD_AFTER = /^[\p{L}\p{M}\p{N}_.%-]*/u;
const DECLARATIONS = ['backbone', 'budget', 'search', 'space', 'detector'];

/** Reads any text. Inside a comment nothing is known: the place is none. */
export function contextAt(text: string, offset: number): CursorContext {
  const word = {
    start: offset - (WORD_BEFORE.exec(text.slice(Math.max(0, offset - 100), offset))?.[0].length ?? 0),
    end: offset + (WORD_AFTER.exec(text.slice(offset, offset + 100))?.[0].length ?? 0),
  };
  const { tokens: lexed, hidden, errors } = maeServices().parser.Lexer.said(text);
  const tokens = lexed.map(
    (t, index): Token => ({
      text: t.image,
      start: t.startOffset,
      end: t.startOffset + t.image.length,
      line: t.startLine ?? 0,
      begins: beginning(t.tokenType.name, lexed[index - 1]?.tokenType.name ?? ''),
    }),
  );
  const inComment =
    hidden.some(
      (t) => t.startOffset < offset && offset < t.startOffset + t.image.length + (t.image[1] === '/' ? 1 : 0),
    ) || errors.some((e) => e.offset < offset && text.startsWith('/*', e.offset));
  const before = tokens.filter((t) => t.end <= word.start);
  const after = tokens.filter((t) => t.start >= word.end);
  const own = before.slice(
    Math.max(
      0,
      before.findLastIndex((t) => t.begins === 'declaration'),
    ),
  );
  const end = after.findIndex((t) => t.text === '}' || t.begins === 'declaration');
  const [keyword, name] = own;
  const known = keyword?.begins === 'declaration';
  return {
    place: inComment ? { kind: 'none' } : placeAfter(own),
    declaration: known ? { keyword: keyword.text, name: name?.text === '{' ? undefined : name?.text } : undefined,
    tokens: [...own, ...after.slice(0, end < 0 ? after.length : end)],
    word,
    lineStart: /(^|[\r\n])[^\S\r\n]*$/.test(text.slice(Math.max(0, word.start - 1000), word.start)),
    next: after[0]?.text ?? '',
  };
}

/** The place behind the tokens of one declaration. */
function placeAfter(tokens: readonly Token[]): Place {
  const [keyword] = tokens;
  const open = tokens.findIndex((t) => t.text === '{');
  const body = tokens.slice(open + 1);
  if (keyword?.begins !== 'declaration') return { kind: 'declaration' };
  if (open < 0) return { kind: 'none' };
  if (keyword.text === 'space') return spacePlace(body) ?? { kind: 'declaration' };
  if (tokens.some((t) => t.text === '}')) return { kind: 'declaration' };
  if (keyword.text === 'backbone') return statementPlace(body);
  if (keyword.text === 'detector') return detectorPlace(body);
  return keyword.text === 'budget' ? limitPlace(body) : settingPlace(body);
}

const STATEMENTS = ['input', 'entropy', 'stem', 'stage', 'node', 'output', 'within'];
const CLAUSES = ['from', 'at', 'as', 'concat'];
/** Behind these `stem` is the name of a node. */
const BEFORE_NODES = ['from', 'at', 'as', ',', '(', ':'];

function beginning(kind: string, before: string): Token['begins'] {
  if (kind === '+') return 'group';
  if (DECLARATIONS.includes(kind)) return 'declaration';
  if (CLAUSES.includes(kind)) return 'clause';
  return STATEMENTS.includes(kind) && !(kind === 'stem' && BEFORE_NODES.includes(before)) ? 'statement' : undefined;
}

/** Whether a group of blocks follows. */
export const opensGroup = ({ text, begins }: Token): boolean =>
  begins === 'group' || (begins === 'statement' && ['stem', 'stage', 'node'].includes(text));

function statementPlace(body: readonly Token[]): Place {
  const at = body.findLastIndex((t) => t.begins === 'statement');
  const tail = body.slice(at + 1).map((t) => t.text);
  const statement: Place = { kind: 'statement', after: 'other' };
  const index = body.filter(opensGroup).length - 1;
  switch (body[at]?.text) {
    case 'input':
      return tail.length < 5 ? { kind: 'input', given: tail.length } : statement;
    case 'within':
      return tail.length === 0 ? { kind: 'name', of: 'budget' } : statement;
    case 'entropy': {
      const last = tail[tail.length - 1];
      if (last === undefined || last === ',') return { kind: 'stage-weight' };
      if (last === ':') return { kind: 'weight' };
      return tail[tail.length - 2] === ':' ? statement : { kind: 'none' };
    }
    case 'stem':
      return groupPlace('stem', index, tail);
    case 'stage':
      return tail.length === 0 ? { kind: 'stage-name' } : groupPlace('stage', index, tail.slice(1));
    case 'node':
      return nodePlace(index, body.slice(at + 1));
    case 'output':
      return outputPlace(tail);
    default:
      return statement;
  }
}

/** Names behind the words of a detector that want one. */
function detectorPlace(body: readonly Token[]): Place {
  const last = body[body.length - 1]?.text;
  if (last === 'backbone') return { kind: 'name', of: 'backbone' };
  return last === 'within' ? { kind: 'name', of: 'budget' } : { kind: 'none' };
}

function limitPlace(body: readonly Token[]): Place {
  const texts = body.map((t) => t.text);
  const last = texts[texts.length - 1];
  if (last === '<=') return { kind: 'amount', cost: texts[texts.length - 2] ?? '' };
  const afterAmount = texts[texts.length - 2] === '<=' || texts[texts.length - 2] === 'on';
  return last === undefined || last === ',' || afterAmount ? { kind: 'limit' } : { kind: 'none' };
}

const SIGNS = ['>=', '<='];

function settingPlace(body: readonly Token[]): Place {
  let key: Token | undefined;
  let signed = false;
  for (const token of body) {
    // A setting without its value ends with its line.
    const rest = key !== undefined && token.line === key.line;
    signed = rest && SIGNS.includes(token.text);
    if (!signed) key = rest ? undefined : token;
  }
  if (key === undefined) return { kind: 'setting' };
  if (key.text === 'start') return { kind: 'name', of: 'backbone' };
  return key.text === 'within' ? { kind: 'name', of: 'budget' } : { kind: 'setting-value', setting: key.text, signed };
}
