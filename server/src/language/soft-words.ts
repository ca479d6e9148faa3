import type { LexerResult } from 'langium';

type Token = LexerResult['tokens'][number];
type TokenType = Token['tokenType'];

/** Words of the grammar that are names wherever they do not stand in a line of a node, an output or a space. */
export const SOFT_WORDS: readonly string[] = ['node', 'from', 'at', 'as', 'concat', 'output', 'space', 'step'];

/** The soft words that no node is called: they would stand where a name and a word can. */
export const NO_NODE_NAMES: readonly string[] = ['from', 'at', 'as', 'concat'];

/** Behind these a name stands, or the value of an argument. */
const BEFORE_NAMES = new Set([
  ...['backbone', 'budget', 'search', 'input', 'entropy', 'within', 'stem', 'stage', '+'],
  ...['node', 'from', 'at', 'as', 'output', ',', '(', ':', '='],
]);

/** What begins a statement or a declaration, so that whatever was open before it is over. */
const BEGINNINGS = new Set(['input', 'entropy', 'within', 'stage', '{', '}']);

/** What begins a declaration. */
const DECLARATIONS = ['backbone', 'budget', 'search', 'space'];

/**
 * The tokens with the soft words where they are words. What tells them apart is what stands beside them and the statement
 * that they stand in, never more: so a text that is read in parts has the same words as one that is read as a whole.
 */
export function withSoftWords(tokens: Token[], types: ReadonlyMap<string, TokenType>): Token[] {
  if (!tokens.some((token) => token.tokenType.name === 'ID' && types.has(token.image))) return tokens;
  let place: Place = { within: '', clause: '', open: false, before: '' };
  return tokens.map((token, index) => {
    const type = types.get(token.image);
    const soft = type !== undefined && token.tokenType.name === 'ID' && isWord(tokens, index, place);
    const read = soft ? { ...token, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0 } : token;
    place = behind(read.tokenType.name, place);
    return read;
  });
}

/** What is known at a token. */
interface Place {
  /** The word of the last declaration that began. */
  readonly within: string;
  /** The word that the statement, or its last clause, begins with. */
  readonly clause: string;
  /** Between parentheses. */
  readonly open: boolean;
  /** The token before it. */
  readonly before: string;
}

function behind(kind: string, { within, clause, open }: Place): Place {
  if (DECLARATIONS.includes(kind)) return { within: kind, clause: kind, open: false, before: kind };
  if (BEGINNINGS.has(kind) || kind === 'node' || kind === 'output' || kind === 'from' || kind === 'at')
    return { within, clause: kind, open: false, before: kind };
  return { within, clause, open: kind === '(' || (open && kind !== ')'), before: kind };
}

function isWord(tokens: readonly Token[], index: number, place: Place): boolean {
  switch (tokens[index]?.image) {
    case 'space':
      return opensSpace(tokens, index, place.before);
    case 'step':
      return place.within === 'space' && (place.before === 'QUANTITY' || place.before === '..');
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
