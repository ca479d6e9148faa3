import { DefaultTokenBuilder, type GrammarAST, type LexerResult } from 'langium';

type TokenType = LexerResult['tokens'][number]['tokenType'];

/**
 * Lets a name begin with a word of the language: `x50`, `stage_net`, `inputs`. Langium asks whether the keyword could
 * be a name by rebuilding the name's pattern without its `u` flag, where \p{L} means something else.
 */
export class MaeTokenBuilder extends DefaultTokenBuilder {
  protected override findLongerAlt(keyword: GrammarAST.Keyword, terminalTokens: TokenType[]): TokenType[] {
    return /^\p{L}/u.test(keyword.value) ? terminalTokens.filter((token) => token.name === 'ID') : [];
  }
}
