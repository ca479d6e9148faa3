import { LATENCY } from '../latency/latency-cost.ts';
import { type DetectorPlace, detectorPlace } from './cursor-detector.ts';
import { type GraphPlace, nodePlace, outputPlace } from './cursor-graph.ts';
import { type GroupPlace, groupPlace } from './cursor-group.ts';
import { type SpacePlace, spacePlace } from './cursor-space.ts';
import { maeServices } from './parse.ts';
import type { Span } from './problem.ts';
import { VARY } from './search-holes.ts';
import { BACKBONE } from './soft-words.ts';
import { DECLARATIONS } from './token-kind.ts';

/**
 * What can stand at a place of a text that is being typed. It reads tokens, not the tree: half a line is nothing to the
 * parser, but says well enough what comes next.
 */
export type Place =
  | GroupPlace
  | GraphPlace
  | SpacePlace
  | DetectorPlace
  | { readonly kind: 'none' | 'declaration' | 'limit' | 'setting' | 'stage-weight' | 'weight' }
  /** A line of a backbone; after a group it may also go on with `x` or `+`. */
  | { readonly kind: 'statement'; readonly after: 'group' | 'depth' | 'other' }
  /** `given` words of `3 x 480 x 480` are written. */
  | { readonly kind: 'input'; readonly given: number }
  | { readonly kind: 'stage-name' }
  /** What a search starts from may be a backbone or a detector. */
  | { readonly kind: 'name'; readonly of: 'backbone' | 'budget' | 'start' }
  | { readonly kind: 'amount'; readonly cost: string }
  /** The device of a latency; `on` is still to be written where it is not there yet. */
  | { readonly kind: 'device'; readonly on: boolean }
  /** What a search varies. */
  | { readonly kind: 'vary' }
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
  readonly begins: 'declaration' | 'statement' | 'clause' | 'group' | 'vary' | undefined;
}

const WORD_BEFORE = /[\p{L}\p{M}\p{N}_.%-]*$/u;
const WORD_AFTER = /^[\p{L}\p{M}\p{N}_.%-]*/u;

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
  if (keyword.text === 'detector') return linePlace(body);
  return keyword.text === 'budget' ? limitPlace(body) : settingPlace(body);
}

const STATEMENTS = [
  ...['input', 'entropy', 'stem', 'stage', 'node', 'output', 'within'],
  ...[BACKBONE, 'classes', 'neck', 'head'],
];
const CLAUSES = ['from', 'at', 'as', 'concat'];
/** Behind these `stem` is the name of a node. */
const BEFORE_NODES = ['from', 'at', 'as', ',', '(', ':'];

function beginning(kind: string, before: string): Token['begins'] {
  if (kind === '+') return 'group';
  if (kind === VARY) return 'vary';
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
      return inputPlace(tail) ?? statement;
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

const inputPlace = (tail: readonly string[]): Place | undefined =>
  tail.length < 5 ? { kind: 'input', given: tail.length } : undefined;

/** A line of a detector; names and sizes are typed there as anywhere else. */
function linePlace(body: readonly Token[]): Place {
  const place = detectorPlace(body);
  switch (place) {
    case 'backbone':
      return { kind: 'name', of: 'backbone' };
    case 'within':
      return { kind: 'name', of: 'budget' };
    case 'input': {
      const at = body.findLastIndex((t) => t.begins === 'statement');
      return inputPlace(body.slice(at + 1).map((t) => t.text)) ?? { kind: 'detector-line' };
    }
    default:
      return place;
  }
}

function limitPlace(body: readonly Token[]): Place {
  const texts = body.map((t) => t.text);
  const last = texts[texts.length - 1];
  if (last === '<=') return { kind: 'amount', cost: texts[texts.length - 2] ?? '' };
  if (last === 'on') return { kind: 'device', on: true };
  if (texts.at(-2) === '<=' && texts.at(-3) === LATENCY) return { kind: 'device', on: false };
  const afterAmount = texts[texts.length - 2] === '<=' || texts[texts.length - 2] === 'on';
  return last === undefined || last === ',' || afterAmount ? { kind: 'limit' } : { kind: 'none' };
}

const SIGNS = ['>=', '<='];

function settingPlace(body: readonly Token[]): Place {
  let key: Token | undefined;
  let signed = false;
  const vary = body.findLastIndex((t) => t.begins === 'vary');
  const rest = vary < 0 ? body : afterVary(body.slice(vary));
  if (rest === undefined) return { kind: 'vary' };
  for (const token of rest) {
    // A setting without its value ends with its line.
    const isRest = key !== undefined && token.line === key.line;
    signed = isRest && SIGNS.includes(token.text);
    if (!signed) key = isRest ? undefined : token;
  }
  if (key === undefined) {
    const [before, last] = rest.slice(-2);
    const isLatency = before?.text === 'minimise' && last?.text === LATENCY;
    return isLatency ? { kind: 'device', on: false } : { kind: 'setting' };
  }
  if (key.text === 'on') return { kind: 'device', on: true };
  if (key.text === 'start') return { kind: 'name', of: 'start' };
  return key.text === 'within' ? { kind: 'name', of: 'budget' } : { kind: 'setting-value', setting: key.text, signed };
}

/** The words behind what `vary` names, with which the tokens begin; undefined where it goes on. */
function afterVary([, ...tokens]: readonly Token[]): readonly Token[] | undefined {
  let index = 0;
  for (;;) {
    index += tokens[index + 1]?.text === '.' ? 3 : 1;
    if (index > tokens.length) return undefined;
    if (tokens[index]?.text !== ',') return tokens.slice(index);
    index += 1;
  }
}
