import { LangiumParserErrorMessageProvider } from 'langium';

type Builder = LangiumParserErrorMessageProvider;
type Token = Parameters<Builder['buildMismatchTokenMessage']>[0]['actual'];

/** What a person would call a token type of the grammar. */
function named(tokenType: { readonly name: string; readonly LABEL?: string }): string {
  switch (tokenType.name) {
    case 'ID':
      return 'a name';
    case 'QUANTITY':
      return 'a number';
    case 'EOF':
      return 'the end of the file';
    default:
      return `'${tokenType.name}'`;
  }
}

const found = (token: Token): string =>
  token.tokenType.name === 'EOF' ? 'the file ends here' : `found '${token.image}'`;

/** `x10` is a name: the x of sizes and depths stands alone. */
const spaced = (token: Token): string =>
  /^x\d/.test(token.image) ? `; put a space after the x: x ${token.image.slice(1)}` : '';

const WHERE: Readonly<Record<string, string>> = {
  MaeFile: 'A file holds backbone, budget and search blocks',
  Backbone: 'A backbone holds input, entropy, stem and stage lines',
  Search: 'A search holds settings such as start, within, space or seed',
  Budget: 'A budget holds limits such as macs <= 4.4G',
};

/** Syntax errors in the words of the language instead of those of the parser generator. */
export class MaeParserMessages extends LangiumParserErrorMessageProvider {
  override buildMismatchTokenMessage(o: Parameters<Builder['buildMismatchTokenMessage']>[0]): string {
    const where = o.expected.name === 'EOF' ? WHERE['MaeFile'] : WHERE[o.ruleName];
    const atStart = o.expected.name === '}' || o.expected.name === 'EOF';
    if (where !== undefined && atStart && o.actual.tokenType.name !== 'EOF')
      return `${where}, but ${found(o.actual)}${spaced(o.actual)}.`;
    const reserved = o.expected.name === 'ID' && /^[a-z]+$/.test(o.actual.image);
    const hint = reserved ? `; '${o.actual.image}' is a word of the language and cannot be a name` : spaced(o.actual);
    return `Expected ${named(o.expected)}, but ${found(o.actual)}${hint}.`;
  }

  override buildNotAllInputParsedMessage(o: Parameters<Builder['buildNotAllInputParsedMessage']>[0]): string {
    return `${WHERE['MaeFile']}, but ${found(o.firstRedundant)}.`;
  }

  override buildNoViableAltMessage(o: Parameters<Builder['buildNoViableAltMessage']>[0]): string {
    const [actual] = o.actual;
    const where = WHERE[o.ruleName];
    const firsts = new Set(
      o.expectedPathsPerAlt.flatMap((paths) => paths.flatMap((path) => path.slice(0, 1).map(named))),
    );
    const what = where ?? `Expected ${[...firsts].join(' or ')}`;
    return actual === undefined ? `${what}.` : `${what}, but ${found(actual)}.`;
  }

  override buildEarlyExitMessage(o: Parameters<Builder['buildEarlyExitMessage']>[0]): string {
    const [actual] = o.actual;
    const firsts = new Set(o.expectedIterationPaths.flatMap((path) => path.slice(0, 1).map(named)));
    return `Expected ${[...firsts].join(' or ')}${actual === undefined ? '' : `, but ${found(actual)}`}.`;
  }
}
