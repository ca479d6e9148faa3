import { LangiumParserErrorMessageProvider } from 'langium';
import { meantBy, type Synonyms } from './nearest.ts';
import { DECLARATION_SYNONYMS, STATEMENT_SYNONYMS } from './synonyms.ts';

type Builder = LangiumParserErrorMessageProvider;
type Token = Parameters<Builder['buildMismatchTokenMessage']>[0]['actual'];

/** A syntax error in the words of the language. */
export interface SyntaxFault {
  readonly message: string;
  /** Something is missing behind the last token before the error, which may stand lines above. */
  readonly unfinished: boolean;
  /** What the word may have been meant as. */
  readonly with: readonly string[];
}

/** The parser carries a string from where a message is made to where it is read: what else is known goes inside it. */
export function readFault(message: string): SyntaxFault {
  const fault: unknown = message.startsWith('{') ? JSON.parse(message) : undefined;
  return fault === undefined ? { message, unfinished: false, with: [] } : (fault as SyntaxFault);
}

/** What a person would call a token type of the grammar. */
function named(tokenType: { readonly name: string }): string {
  switch (tokenType.name) {
    case 'ID':
      return 'a name';
    case 'QUANTITY':
      return 'a number';
    case 'TIMES':
      return "'x'";
    default:
      return `'${tokenType.name}'`;
  }
}

const isEnd = ({ tokenType }: Token): boolean => tokenType.name === 'EOF';
const found = (token: Token): string => (isEnd(token) ? 'the file ends here' : `found '${token.image}'`);

/** Where a list of statements goes on: what belongs there, and the words that others have for it. */
const LISTS: Readonly<Record<string, { readonly what: string; readonly words: Synonyms }>> = {
  MaeFile: { what: 'A file holds backbone, detector, budget, search and space blocks', words: DECLARATION_SYNONYMS },
  Backbone: { what: 'A backbone holds input, entropy, stem, and stage or node lines', words: STATEMENT_SYNONYMS },
  Detector: { what: 'A detector holds backbone, input, classes, within, neck and head lines', words: {} },
  Search: { what: 'A search holds settings such as start, within, space or seed', words: {} },
  Budget: { what: 'A budget holds limits such as macs <= 4.4G', words: {} },
  Space: { what: 'A space holds limits such as out 16..1024 step 16', words: {} },
};

/** What each rule looks like as a whole. */
const EXAMPLES: Readonly<Record<string, string>> = {
  Backbone: 'backbone my_net { … }',
  Detector: 'detector my_detector { backbone my_net  neck fpn()  head gfl() }',
  BackboneLine: 'backbone my_net',
  ClassesLine: 'classes 80',
  PartLine: 'neck fpn(from: C3..C5)',
  OtherLine: 'neck fpn(from: C3..C5)',
  Budget: 'budget small { macs <= 4.4G }',
  Search: 'search { … }',
  Space: 'space mine { … }',
  SpaceLine: 'out 16..1024 step 16',
  SpaceValue: 'out 16..1024 step 16',
  InputStatement: 'input 3 x 480 x 480 (channels x height x width)',
  EntropyStatement: 'entropy C3: 1, C4: 1, C5: 6',
  StageWeight: 'entropy C3: 1, C4: 1, C5: 6',
  Stem: 'stem conv(out: 32, k: 3, s: 2)',
  Stage: 'stage C2 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 3',
  GraphNode: 'node a bottleneck(out: 256, btn: 64, k: 3, s: 2) x 3 from stem',
  AtClause: 'at /8',
  FromClause: 'from a, b',
  Concat: 'concat(a, b)',
  Parent: 'from a, b',
  OutputStatement: 'output C4: c, C5: d',
  Output: 'output C4: c, C5: d',
  Group: 'bottleneck(out: 256, btn: 64, k: 3, s: 2) x 3',
  Argument: 'k: 3',
  StartSetting: 'start my_net',
  Within: 'within small',
  Limit: 'macs <= 4.4G',
  VarySetting: 'vary neck.out, gfl.convs',
  VaryUse: 'vary neck.out, gfl.convs',
  ValueSetting: 'seed 0',
};

/** Langium ends the names of its rules with a character that nobody sees. */
const ruleOf = (name: string): string => name.replace('\u200B', '');

const said = (fault: SyntaxFault): string => JSON.stringify(fault);

/** A line that ends too early, or a word that does not fit into it. */
function inside(rule: string, expected: string, actual: Token, previous: Token): string {
  // The name of a declaration has a rule of its own, behind the word that declares it.
  const whole = EXAMPLES[rule] ?? Object.values(EXAMPLES).find((text) => text.startsWith(`${previous.image} `));
  const example = whole === undefined ? '' : `, such as ${whole}`;
  // At the end of a file, of a block or of a line nothing that is there is wrong: something is not.
  const ends = isEnd(actual) || actual.image === '' || actual.image === '}';
  const unfinished = ends || (previous.endLine ?? 0) < (actual.startLine ?? 0);
  if (unfinished)
    return said({ message: `This line ends too early: ${expected} is missing${example}.`, unfinished, with: [] });
  return said({ message: `Expected ${expected}, but ${found(actual)}${hintFor(actual)}.`, unfinished, with: [] });
}

/** `x10` is a name where no number or parenthesis stands before it. */
const hintFor = ({ image, tokenType }: Token): string =>
  /^x\d/.test(image)
    ? `; put a space after the x: x ${image.slice(1)}`
    : /^[a-z]+$/.test(image) && tokenType.name !== 'ID'
      ? `; '${image}' is a word of the language`
      : '';

/** A word that begins no statement of its list. */
function unexpected(rule: string, actual: Token): string {
  const { what, words } = LISTS[rule] ?? { what: 'Something else belongs here', words: {} };
  const near = actual.tokenType.name === 'ID' ? meantBy(actual.image, Object.values(words).flat(), words) : [];
  const meant = near.length === 1 ? `. Did you mean ${near[0]}?` : '.';
  return said({ message: `${what}, but ${found(actual)}${hintFor(actual)}${meant}`, unfinished: false, with: near });
}

/** Syntax errors in the words of the language instead of those of the parser generator. */
export class MaeParserMessages extends LangiumParserErrorMessageProvider {
  override buildMismatchTokenMessage(o: Parameters<Builder['buildMismatchTokenMessage']>[0]): string {
    const rule = o.expected.name === 'EOF' ? 'MaeFile' : ruleOf(o.ruleName);
    const closes = o.expected.name === '}' || o.expected.name === 'EOF';
    if (closes && !isEnd(o.actual)) return unexpected(rule, o.actual);
    if (closes) return said({ message: "Expected '}', but the file ends here.", unfinished: true, with: [] });
    return inside(rule, named(o.expected), o.actual, o.previous);
  }

  override buildNotAllInputParsedMessage(o: Parameters<Builder['buildNotAllInputParsedMessage']>[0]): string {
    return unexpected('MaeFile', o.firstRedundant);
  }

  override buildNoViableAltMessage(o: Parameters<Builder['buildNoViableAltMessage']>[0]): string {
    const [actual] = o.actual;
    const rule = ruleOf(o.ruleName);
    const firsts = o.expectedPathsPerAlt.flatMap((paths) => paths.flatMap((path) => path.slice(0, 1).map(named)));
    if (actual === undefined) return said({ message: `Expected ${firsts[0]}.`, unfinished: true, with: [] });
    if (LISTS[rule] !== undefined) return unexpected(rule, actual);
    return inside(rule, firsts[0] ?? 'a name', actual, o.previous);
  }

  override buildEarlyExitMessage(o: Parameters<Builder['buildEarlyExitMessage']>[0]): string {
    const [actual] = o.actual;
    const [first] = o.expectedIterationPaths.flatMap((path) => path.slice(0, 1).map(named));
    if (actual === undefined) return said({ message: `Expected ${first}.`, unfinished: true, with: [] });
    return inside(ruleOf(o.ruleName), first ?? 'a name', actual, o.previous);
  }
}
