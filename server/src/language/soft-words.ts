import type { LexerResult } from 'langium';

type Token = LexerResult['tokens'][number];
type TokenType = Token['tokenType'];

/** Words of the grammar that are names wherever they do not stand in the line of a node or an output. */
export const SOFT_WORDS: readonly string[] = ['node', 'from', 'at', 'as', 'concat', 'output'];

/** The soft words that no node is called: they would stand where a name and a word can. */
export const NO_NODE_NAMES: readonly string[] = ['from', 'at', 'as', 'concat'];

/** Behind these a name stands, or the value of an argument. */
const BEFORE_NAMES = new Set([
  ...['backbone', 'budget', 'search', 'input', 'entropy', 'within', 'stem', 'stage', '+'],
  ...['node', 'from', 'at', 'as', 'output', ',', '(', ':', '='],
]);

/** What begins a statement or a declaration, so that whatever was open before it is over. */
const BEGINNINGS = new Set(['backbone', 'budget', 'search', 'input', 'entropy', 'within', 'stage', '{', '}']);

/**
 * The tokens with the soft words where they are words. What tells them apart is what stands beside them and the statement
 * that they stand in, never more: so a text that is read in parts has the same words as one that is read as a whole.
 */
export function withSoftWords(tokens: Token[], types: ReadonlyMap<string, TokenType>): Token[] {
  if (!tokens.some((token) => token.tokenType.name === 'ID' && types.has(token.image))) return tokens;
  let place: Place = { inBackbone: false, clause: '', open: false, before: '' };
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
  readonly inBackbone: boolean;
  /** The word that the statement, or its last clause, begins with. */
  readonly clause: string;
  /** Between parentheses. */
  readonly open: boolean;
  /** The token before it. */
  readonly before: string;
}

function behind(kind: string, { inBackbone, clause, open }: Place): Place {
  if (kind === 'backbone' || kind === 'budget' || kind === 'search')
    return { inBackbone: kind === 'backbone', clause: kind, open: false, before: kind };
  if (BEGINNINGS.has(kind) || kind === 'node' || kind === 'output' || kind === 'from' || kind === 'at')
    return { inBackbone, clause: kind, open: false, before: kind };
  return { inBackbone, clause, open: kind === '(' || (open && kind !== ')'), before: kind };
}

function isWord(tokens: readonly Token[], index: number, { inBackbone, clause, open, before }: Place): boolean {
  if (!inBackbone) return false;
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
