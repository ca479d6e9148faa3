import type { LexerResult } from 'langium';
import { VARY, walkSearch } from './search-holes.ts';
import { DECLARATIONS } from './token-kind.ts';

type Token = LexerResult['tokens'][number];
type TokenType = Token['tokenType'];

/** Words of the grammar that are names wherever they do not stand in a line of a node, an output, a space, a detector or a search. */
export const SOFT_WORDS: readonly string[] = [
  ...['node', 'from', 'at', 'as', 'concat', 'output', 'space', 'step'],
  ...['detector', 'neck', 'head', 'classes', VARY],
];

/** The type of the word `backbone` in a detector, where it names one and declares none. */
export const BACKBONE = 'BACKBONE';

/** The soft words that no node is called: they would stand where a name and a word can. */
export const NO_NODE_NAMES: readonly string[] = ['from', 'at', 'as', 'concat'];

/** Behind these a name stands, or the value of an argument. */
const BEFORE_NAMES = new Set([
  ...['backbone', 'detector', 'budget', 'search', 'input', 'entropy', 'within', 'stem', 'stage', '+'],
  ...['node', 'from', 'at', 'as', 'output', ',', '(', ':', '='],
  ...[BACKBONE, 'neck', 'head', 'classes', '..'],
]);

/** What begins a statement or a clause, so that whatever was open before it is over. */
const BEGINNINGS = new Set([
  ...['input', 'entropy', 'within', 'stage', '{', '}', 'node', 'output', 'from', 'at'],
  ...[BACKBONE, 'neck', 'head', 'classes'],
]);

/**
 * The tokens with the soft words where they are words. What tells them apart is what stands beside them and the statement
 * that they stand in, never more: so a text that is read in parts has the same words as one that is read as a whole.
 */
export function withSoftWords(tokens: Token[], types: ReadonlyMap<string, TokenType>): Token[] {
  if (!tokens.some((token) => token.tokenType.name === 'ID' && types.has(token.image))) return tokens;
  const varies = varyPlaces(tokens);
  let place: Place = { within: '', clause: '', open: false, braces: 0, before: '' };
  return tokens.map((token, index) => {
    const isVary = place.within === 'search' && varies.has(index);
    const type = types.get(isVary ? VARY : wordOf(tokens, index, place, types));
    const read = type === undefined ? token : { ...token, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0 };
    place = behind(read.tokenType.name, place);
    return read;
  });
}

/** Where `vary` begins a setting of a search. */
function varyPlaces(tokens: readonly Token[]): ReadonlySet<number> {
  if (!tokens.some(({ image }) => image === VARY)) return new Set();
  return new Set(
    tokens.flatMap(({ tokenType }, index) => (tokenType.name === 'search' ? walkSearch(tokens, index).varies : [])),
  );
}

/** What is known at a token. */
interface Place {
  /** The word of the last declaration that began. */
  readonly within: string;
  /** The word that the statement, or its last clause, begins with. */
  readonly clause: string;
  /** Between parentheses. */
  readonly open: boolean;
  /** How many braces are open. */
  readonly braces: number;
  /** The token before it. */
  readonly before: string;
}

function behind(kind: string, { within, clause, open, braces: outer }: Place): Place {
  const braces = kind === '{' ? outer + 1 : kind === '}' ? Math.max(0, outer - 1) : outer;
  if (DECLARATIONS.includes(kind)) return { within: kind, clause: kind, open: false, braces, before: kind };
  if (BEGINNINGS.has(kind)) return { within, clause: kind, open: false, braces, before: kind };
  return { within, clause, open: kind === '(' || (open && kind !== ')'), braces, before: kind };
}

/** The name of the type that a token has as a word; '' where it stays what it is. */
function wordOf(tokens: readonly Token[], index: number, place: Place, types: ReadonlyMap<string, TokenType>): string {
  const [kind, image = ''] = [tokens[index]?.tokenType.name, tokens[index]?.image];
  if (kind === 'backbone') return isNamed(tokens, index, place) ? BACKBONE : '';
  return kind === 'ID' && types.has(image) && image !== BACKBONE && isWord(tokens, index, place) ? image : '';
}

/** `backbone resnet50` in a detector names one; `backbone resnet50 {` declares one, wherever it stands. */
const isNamed = (tokens: readonly Token[], index: number, { within, braces }: Place): boolean =>
  within === 'detector' && braces > 0 && ![1, 2].some((ahead) => tokens[index + ahead]?.tokenType.name === '{');

function isWord(tokens: readonly Token[], index: number, place: Place): boolean {
  switch (tokens[index]?.image) {
    case 'space':
      return opensSpace(tokens, index, place.before);
    case 'detector':
      return opensDetector(tokens, index, place);
    case 'neck':
    case 'head':
    case 'classes':
      return place.within === 'detector' && beginsLine(tokens, index, place);
    case 'step':
      return place.within === 'space' && (place.before === 'QUANTITY' || place.before === '..');
    case VARY:
      // Told by the settings around it.
      return false;
    default:
      return place.within === 'backbone' && isGraphWord(tokens, index, place);
  }
}

/** `space mine {`; in a search `space mine` names one, and `space` may be the name of what another word declares. */
function opensSpace(tokens: readonly Token[], index: number, before: string): boolean {
  if (before === '' || before === '}') return true;
  const [name = '', brace] = [tokens[index + 1], tokens[index + 2]].map((token) => token?.tokenType.name);
  if (name === '{') return !DECLARATIONS.includes(before);
  return brace === '{' && !['}', ',', 'backbone', 'budget', 'search'].includes(name);
}

/** `detector gfl {`: between declarations always, inside one that is not closed where it begins a line. */
function opensDetector(tokens: readonly Token[], index: number, { braces, before }: Place): boolean {
  const [last, token, name, brace] = [-1, 0, 1, 2].map((ahead) => tokens[index + ahead]);
  const opens = name?.tokenType.name !== '{' && brace?.tokenType.name === '{';
  if (braces === 0) return !DECLARATIONS.includes(before) || (opens && name?.tokenType.name !== '}');
  return opens && name?.tokenType.name === 'ID' && last?.endLine !== token?.startLine && sameLine(token, name);
}

const sameLine = (a: Token | undefined, b: Token | undefined): boolean => a?.endLine === b?.startLine;

/** Whether `neck`, `head` or `classes` begins a line of a detector, where it could be a name as well. */
function beginsLine(tokens: readonly Token[], index: number, { open, before }: Place): boolean {
  const [last, token, next, sign] = [-1, 0, 1, 2].map((ahead) => tokens[index + ahead]);
  const value = next?.tokenType.name ?? '';
  const has = sameLine(token, next) && (token?.image === 'classes' ? value === 'QUANTITY' : value === 'ID');
  // A line that begins so is one, whatever is unfinished before it.
  if (!sameLine(last, token) && (has || !open)) return true;
  return (has && value === 'ID' && sign?.tokenType.name === '(') || (!open && !BEFORE_NAMES.has(before));
}

function isGraphWord(tokens: readonly Token[], index: number, { clause, open, before }: Place): boolean {
  const [last, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  const line = token?.startLine;
  const follows = next?.tokenType.name ?? '';
  const name = (follows === 'ID' || follows === 'stem') && next?.startLine === line;
  switch (token?.image) {
    case 'node':
    case 'output':
      if ([':', '=', '('].includes(follows)) return false;
      // A line that begins so is one, whatever is unfinished before it.
      return (name && last?.endLine !== line) || (!open && !BEFORE_NAMES.has(before));
    case 'from':
    case 'at':
      if (open || [':', '=', '('].includes(follows) || !['node', 'from', 'at'].includes(clause)) return false;
      return !BEFORE_NAMES.has(before) || (before === 'at' && name);
    case 'as':
      return clause === 'from' && ['from', ',', '('].includes(before) && name;
    default:
      return clause === 'from' && !open && (before === 'from' || before === ',') && follows === '(';
  }
}
