import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  EmptyFileSystem,
  inject,
  type LangiumCoreServices,
  type Module,
  type ParseResult,
  type PartialLangiumCoreServices,
} from 'langium';
import { BoundedMessages, createBoundedParser, maxSyntaxErrors } from './bounded-parser.ts';
import type { MaeFile } from './generated/ast.ts';
import { MaeGeneratedModule, MaeGeneratedSharedModule } from './generated/module.ts';
import { MaeLexer } from './lexer.ts';
import { TOO_LONG } from './long-statement.ts';
import { readFault } from './parse-messages.ts';
import type { Problem, Span } from './problem.ts';
import { errorSpans, isAtEnd, type Parsed, reparse } from './reparse.ts';
import { MaeTokenBuilder } from './token-builder.ts';

interface MaeParts {
  readonly parser: { readonly Lexer: MaeLexer; readonly ParserErrorMessageProvider: BoundedMessages };
}
type MaeServices = LangiumCoreServices & MaeParts;

const MaeModule: Module<MaeServices, PartialLangiumCoreServices & MaeParts> = {
  parser: {
    LangiumParser: (services) => createBoundedParser(services),
    Lexer: (services) => new MaeLexer(services),
    ParserErrorMessageProvider: () => new BoundedMessages(),
    TokenBuilder: () => new MaeTokenBuilder(),
  },
};

function createServices(): MaeServices {
  const shared = inject(createDefaultSharedCoreModule(EmptyFileSystem), MaeGeneratedSharedModule);
  const services = inject(createDefaultCoreModule({ shared }), MaeGeneratedModule, MaeModule);
  shared.ServiceRegistry.register(services);
  return services;
}

let created: MaeServices | undefined;

/** Langium's services for the language, made on first use: building the parser takes some 20 ms. */
export function maeServices(): MaeServices {
  created ??= createServices();
  return created;
}

/** A text and its tree. Nodes that the parser recovered may lack properties that the generated types promise. */
export interface ParsedFile extends Parsed {
  readonly problems: readonly Problem[];
}

/** Files beyond this are no designs: refusing them keeps an editor alive that opened the wrong file. */
export const MAX_TEXT_LENGTH = 2_000_000;
/** The tree holds comments one by one, and takes those before a word all at once. */
export const MAX_COMMENTS = 50_000;

/**
 * Parses any text. Never throws: what is wrong is a list of problems beside the tree of what could be read. A tree of an
 * earlier version of the text makes it faster and changes nothing else.
 */
export function parse(text: string, before?: ParsedFile): ParsedFile {
  const services = maeServices();
  const whole = (input: string): ParseResult<MaeFile> => services.parser.LangiumParser.parse<MaeFile>(input);
  const refusal = refuse(text);
  if (refusal !== undefined) return { text, file: whole('').value, errors: [], problems: [refusal] };
  const result = (before === undefined ? undefined : reparse(before, text, services)) ?? whole(text);
  const lexer = result.lexerErrors.map((error) => lexerProblem(error, text));
  const parser = result.parserErrors.map((error) => parserProblem(error, text));
  const stop = parser.length > maxSyntaxErrors(text) ? parser.pop() : undefined;
  // Whatever follows a comment that is never closed is part of it, and no problem of its own.
  const open = lexer.find((p) => text.startsWith('/*', p.span.start))?.span.start ?? text.length;
  const read = Math.min(open, stop?.span.start ?? text.length);
  const problems = [...lexer, ...parser].filter((p) => p.span.start <= read);
  if (stop !== undefined && stop.span.start <= open) problems.push(unread(stop, parser.length));
  return { text, file: result.value, errors: errorSpans(result, text), problems };
}

const unread = (stop: Problem, errors: number): Problem => ({
  ...stop,
  message: `There are ${errors} errors before this: what follows is not read. Mend the first ones.`,
});

function parserProblem(error: ParseResult['parserErrors'][number], text: string): Problem {
  const { message, unfinished, with: words } = readFault(error.message);
  const { startOffset, endOffset } = error.token;
  const atEnd = isAtEnd(error.token);
  const before = unfinished ? lastToken(error) : undefined;
  // What is missing belongs to the last thing that was written.
  const end = before?.end ?? (atEnd ? Math.max(1, text.trimEnd().length) : (endOffset ?? startOffset) + 1);
  const span = before ?? { start: atEnd ? end - 1 : startOffset, end };
  const data = words.length > 0 ? ({ kind: 'replace', with: words } as const) : undefined;
  return { code: 'syntax', severity: 'error', message, span, ...(data === undefined ? {} : { data }) };
}

/** The token before an error. */
function lastToken(error: ParseResult['parserErrors'][number]): Span | undefined {
  const token = 'previousToken' in error ? (error.previousToken as typeof error.token | undefined) : undefined;
  if (token === undefined || !Number.isFinite(token.startOffset)) return undefined;
  const end = token.startOffset + token.image.length;
  return { start: token.image === '' ? Math.max(0, end - 1) : token.startOffset, end };
}

function lexerProblem(error: ParseResult['lexerErrors'][number], text: string): Problem {
  const span = { start: error.offset, end: error.offset + error.length };
  const problem = (message: string): Problem => ({ code: 'syntax', severity: 'error', message, span });
  if (error.message === TOO_LONG) return problem(TOO_LONG);
  const found = text.slice(error.offset, error.offset + Math.min(error.length, 12));
  if (found.startsWith('/*')) return problem('This comment is never closed: end it with */.');
  if (found === '#') {
    return { ...problem('A comment begins with // here, not with #.'), data: { kind: 'replace', with: ['//'] } };
  }
  const shown = JSON.stringify(found).slice(1, -1);
  return problem(
    `'${shown}' means nothing here. Lines look like: stage C3 bottleneck(out: 512, btn: 64, k: 3, s: 2) x 4.`,
  );
}

function refuse(text: string): Problem | undefined {
  const at = (message: string, start = 0): Problem => ({
    code: 'syntax',
    severity: 'error',
    message,
    span: { start, end: Math.min(text.length, start + 1) },
  });
  const binary = text.indexOf('\0');
  if (binary >= 0) return at('This is a binary file, not a design: a .mae file is text.', binary);
  if (text.length > MAX_TEXT_LENGTH) {
    const size = (text.length / 1e6).toFixed(1);
    return at(`This file has ${size} million characters; a .mae file may have ${MAX_TEXT_LENGTH / 1e6} million.`);
  }
  const comments = text.match(/\/\/.*|\/\*|#.*/g)?.length ?? 0;
  if (comments > MAX_COMMENTS)
    return at(`This file has ${comments} comments; a .mae file may have ${MAX_COMMENTS}, and nothing of it is read.`);
  return undefined;
}
