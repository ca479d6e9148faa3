import {
  type GrammarAST,
  GrammarUtils,
  type LangiumCoreServices,
  type Lexer,
  type LexerResult,
  type TokenBuilder,
} from 'langium';
import { withHoles } from './holes.ts';
import { LineTable } from './line-table.ts';
import { withoutExcess } from './long-statement.ts';
import type { Span } from './problem.ts';
import { BACKBONE, SOFT_WORDS, withSoftWords } from './soft-words.ts';

type Token = LexerResult['tokens'][number];
type TokenType = Token['tokenType'];
type LexerError = LexerResult['errors'][number];

/** A terminal of the grammar that can be tried at any offset. */
interface Terminal {
  readonly type: TokenType;
  /** Sticky. */
  readonly pattern: RegExp;
}

/** Terminals that stand for no text of their own: what is one is found out behind the lexer. */
const UNWRITTEN = ['HOLE', BACKBONE];

/**
 * The grammar's own tokens, read without trying every pattern at every place as the generic lexer must, since it cannot
 * see through patterns with \p{L}: signs are told by their first character, and a word of the language is a name that
 * is on the list. A test holds it equal to Langium's lexer on any text; it takes a sixth of its time. For the parser
 * it makes words of the names that stand where only a word can, and puts a hole where a value is missing.
 *
 * It can leave out spans of the text that are known already; see reparse.ts.
 */
export class MaeLexer implements Lexer {
  readonly definition: Record<string, TokenType> = {};
  private readonly tokenBuilder: TokenBuilder;
  private readonly signs = new Map<number, readonly TokenType[]>();
  private readonly words = new Map<string, TokenType>();
  private readonly softWords = new Map<string, TokenType>();
  private readonly terminals: readonly Terminal[];
  private readonly hole: TokenType | undefined;
  private left: readonly Span[] = [];
  private crossed = false;
  /** Where the last comment of the text ends that can be closed. */
  private lastClose = -1;

  constructor(services: LangiumCoreServices) {
    this.tokenBuilder = services.parser.TokenBuilder;
    const types = this.tokenBuilder.buildTokens(services.Grammar);
    if (!Array.isArray(types)) throw new Error('the grammar has one lexer mode');
    for (const type of types) this.definition[type.name] = type;
    this.terminals = terminalRules(services.Grammar).flatMap((rule): Terminal[] => {
      const type = this.definition[rule.name];
      const regex = GrammarUtils.terminalRegex(rule);
      return type === undefined || UNWRITTEN.includes(type.name)
        ? []
        : [{ type, pattern: new RegExp(regex, `${regex.flags}y`) }];
    });
    this.hole = this.definition['HOLE'];
    const names = new Set(this.terminals.map(({ type }) => type));
    for (const type of types.filter((t) => !names.has(t) && t.name !== 'HOLE')) {
      if (type.name === BACKBONE || SOFT_WORDS.includes(type.name)) this.softWords.set(type.name, type);
      else if (/^\p{L}/u.test(type.name)) this.words.set(type.name, type);
      else this.signs.set(type.name.charCodeAt(0), [...(this.signs.get(type.name.charCodeAt(0)) ?? []), type]);
    }
  }

  /**
   * Runs `work` while these spans of the text, in order and apart, are left out of what is read. False when a token or
   * comment would reach into one of them: then they are not what they were.
   */
  leavingOut(spans: readonly Span[], work: () => void): boolean {
    this.left = spans;
    this.crossed = false;
    try {
      work();
      return !this.crossed;
    } finally {
      this.left = [];
    }
  }

  tokenize(text: string): LexerResult {
    const { tokens: all, hidden, errors, ...rest } = this.said(text);
    const { tokens, errors: excess } = withoutExcess(all);
    const hashes = hidden.filter(({ tokenType }) => tokenType.name === 'HASH_COMMENT').map(hashError);
    return {
      ...rest,
      tokens: this.hole === undefined ? tokens : withHoles(tokens, this.hole),
      hidden,
      errors: [...errors, ...hashes, ...excess].sort((a, b) => a.offset - b.offset),
    };
  }

  /** As the parser gets it, without holes and whatever comments there are. */
  said(text: string): LexerResult {
    const written = this.written(text);
    return { ...written, tokens: withSoftWords(written.tokens, this.softWords) };
  }

  /** What is written, without holes; soft words are names. */
  written(text: string): LexerResult {
    const result: LexerResult = { tokens: [], hidden: [], errors: [] };
    const lines = new LineTable(text);
    this.lastClose = text.lastIndexOf('*/');
    let from = 0;
    for (const { start, end } of this.left) {
      if (this.read(text, from, start, lines, result) !== start) this.crossed = true;
      from = end;
    }
    this.read(text, from, text.length, lines, result);
    const report = this.tokenBuilder.flushLexingReport?.(text);
    return report === undefined ? result : { ...result, report };
  }

  /** Reads until `to`; gives where the last token ended, which is beyond `to` where one reaches across. */
  private read(text: string, from: number, to: number, lines: LineTable, result: LexerResult): number {
    let offset = from;
    while (offset < to) {
      const code = text.charCodeAt(offset);
      // White space, by far the most frequent: what the pattern of WS would skip.
      if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
        offset += 1;
        continue;
      }
      const type = this.match(text, offset, code);
      if (type === undefined) {
        const start = offset;
        do offset += 1;
        while (offset < text.length && this.match(text, offset, text.charCodeAt(offset)) === undefined);
        result.errors.push(unexpected(text, start, offset, lines));
        continue;
      }
      if (typeof type.GROUP !== 'string') result.tokens.push(token(text, offset, this.matched, type, lines));
      else if (type.GROUP === 'hidden') result.hidden.push(token(text, offset, this.matched, type, lines));
      offset = this.matched;
    }
    return offset;
  }

  /** End of the last match. */
  private matched = 0;

  /** The type of the token that begins at an offset. */
  private match(text: string, offset: number, code: number): TokenType | undefined {
    for (const type of this.signs.get(code) ?? []) {
      if (!text.startsWith(type.name, offset)) continue;
      this.matched = offset + type.name.length;
      return type;
    }
    for (const { type, pattern } of this.terminals) {
      // Each comment that is never closed would be looked for to the end of the text.
      if (type.name === 'BLOCK_COMMENT' && this.lastClose < offset + 2) continue;
      pattern.lastIndex = offset;
      if (!pattern.test(text)) continue;
      this.matched = pattern.lastIndex;
      return type.name === 'ID' ? (this.words.get(text.slice(offset, this.matched)) ?? type) : type;
    }
    return undefined;
  }
}

const terminalRules = (grammar: GrammarAST.Grammar): GrammarAST.TerminalRule[] =>
  grammar.rules.filter((rule): rule is GrammarAST.TerminalRule => rule.$type === 'TerminalRule' && !rule.fragment);

/** Lines and columns count from 1, ends are inclusive: as the parser expects them. */
function token(text: string, start: number, end: number, type: TokenType, lines: LineTable): Token {
  const from = lines.at(start);
  const to = lines.at(end - 1);
  return {
    image: text.slice(start, end),
    startOffset: start,
    endOffset: end - 1,
    startLine: from + 1,
    endLine: to + 1,
    startColumn: start - lines.startOf(from) + 1,
    endColumn: end - lines.startOf(to),
    tokenTypeIdx: type.tokenTypeIdx ?? 0,
    tokenType: type,
  };
}

const hashError = ({ startOffset, startLine, startColumn }: Token): LexerError => ({
  offset: startOffset,
  length: 1,
  line: startLine,
  column: startColumn,
  message: 'a comment of another language',
});

function unexpected(text: string, start: number, end: number, lines: LineTable): LexerError {
  const line = lines.at(start);
  const message = `unexpected ${JSON.stringify(text.slice(start, end))}`;
  return { offset: start, length: end - start, line: line + 1, column: start - lines.startOf(line) + 1, message };
}
