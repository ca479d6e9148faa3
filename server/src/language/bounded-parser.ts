import {
  type AstNode,
  type CompositeCstNode,
  type CstNode,
  CstNodeBuilder,
  createParser,
  type LangiumCoreServices,
  LangiumParser,
  type ParseResult,
  type ParserOptions,
} from 'langium';
import { MaeParserMessages } from './parse-messages.ts';

/**
 * After so many syntax errors the parser looks for no further place to go on at. For each it may look through all of the
 * text, so that a long one has fewer; and each costs a piece of the stack.
 */
export const maxSyntaxErrors = (text: string): number => Math.min(200, Math.max(5, Math.floor(5e6 / text.length)));

/** Every error has one message: who makes the messages knows how many errors there are. */
export class BoundedMessages extends MaeParserMessages {
  private left = Number.POSITIVE_INFINITY;
  private full: () => void = () => undefined;

  /** Calls `full` once when there is one error more than `errors`. */
  bound(errors: number, full: () => void): void {
    this.left = errors;
    this.full = full;
  }

  private count(): void {
    this.left -= 1;
    if (this.left === -1) this.full();
  }

  override buildMismatchTokenMessage(o: Parameters<MaeParserMessages['buildMismatchTokenMessage']>[0]): string {
    this.count();
    return super.buildMismatchTokenMessage(o);
  }

  override buildNotAllInputParsedMessage(o: Parameters<MaeParserMessages['buildNotAllInputParsedMessage']>[0]): string {
    this.count();
    return super.buildNotAllInputParsedMessage(o);
  }

  override buildNoViableAltMessage(o: Parameters<MaeParserMessages['buildNoViableAltMessage']>[0]): string {
    this.count();
    return super.buildNoViableAltMessage(o);
  }

  override buildEarlyExitMessage(o: Parameters<MaeParserMessages['buildEarlyExitMessage']>[0]): string {
    this.count();
    return super.buildEarlyExitMessage(o);
  }
}

type Services = LangiumCoreServices & { readonly parser: { readonly ParserErrorMessageProvider: BoundedMessages } };

/**
 * Langium's builder looks for each new node in its list from the beginning, also where there is no comment to be put
 * before it: a list of 100,000 arguments would take half a minute. An open node is always the last of its list.
 */
class QuickNodeBuilder extends CstNodeBuilder {
  override addHiddenNodes(tokens: Parameters<CstNodeBuilder['addHiddenNodes']>[0]): void {
    if (tokens.length === 0) return;
    const nodes = tokens.map((token) => this.createLeafNode(token, true) as CstNode);
    let current = this.current as CompositeCstNode;
    let index = current.content.length;
    while (index <= 0 && current.container !== undefined) {
      index = current.container.content.lastIndexOf(current);
      current = current.container;
    }
    this.insertChildren(current, Math.max(0, index), nodes);
  }
}

const NO_RECOVERY = { recoveryEnabled: false, attemptInRepetitionRecovery: () => undefined };

/** Langium's parser, which ends at an error when there were too many. */
class BoundedParser extends LangiumParser {
  private readonly messages: BoundedMessages;
  private readonly recovery: object;

  constructor(services: Services) {
    super(services);
    this.messages = services.parser.ParserErrorMessageProvider;
    const attemptInRepetitionRecovery: unknown = Reflect.get(this.wrapper, 'attemptInRepetitionRecovery');
    this.recovery = { recoveryEnabled: true, attemptInRepetitionRecovery };
    Object.assign(this, { nodeBuilder: new QuickNodeBuilder() });
  }

  override parse<T extends AstNode = AstNode>(input: string, options?: ParserOptions): ParseResult<T> {
    Object.assign(this.wrapper, this.recovery);
    // Without recovery the next error ends the parse, and what was read by then is the tree.
    this.messages.bound(maxSyntaxErrors(input), () => Object.assign(this.wrapper, NO_RECOVERY));
    return super.parse(input, options);
  }
}

export function createBoundedParser(services: Services): LangiumParser {
  const parser = createParser(services.Grammar, new BoundedParser(services), services.parser.Lexer.definition);
  parser.finalize();
  return parser;
}
