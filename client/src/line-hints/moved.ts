import type { LineHint } from '../../../server/src/server/protocol.ts';

/** A hint with the text of its line, which its numbers belong to. */
export interface KnownHint extends LineHint {
  readonly text: string;
}

/** One change of a text, as far as it moves lines. */
export interface LineChange {
  readonly startLine: number;
  readonly endLine: number;
  /** Lines that the inserted text begins. */
  readonly newLines: number;
  /** Whether nothing but space stands before the change on its first line, whose text then moves with it. */
  readonly beforeText: boolean;
}

/** Where hints stand after a change, until the server has new ones: each stays with the text of its line. */
export function movedHints(hints: readonly KnownHint[], change: LineChange): KnownHint[] {
  const taken = new Set<number>();
  return hints.flatMap((hint): KnownHint[] => {
    const line = movedLine(hint.line, change);
    if (line === undefined || taken.has(line)) return [];
    taken.add(line);
    return [line === hint.line ? hint : { ...hint, line }];
  });
}

/** Undefined where the line is gone. */
function movedLine(line: number, { startLine, endLine, newLines, beforeText }: LineChange): number | undefined {
  if (line < startLine) return line;
  if (line > endLine) return line + newLines - (endLine - startLine);
  if (line === endLine && (line !== startLine || beforeText)) return startLine + newLines;
  return line === startLine ? line : undefined;
}

/**
 * What is known after an answer. While the text is broken the parser may lose a line that nobody touched: it keeps its
 * numbers.
 */
export function joinedHints(
  answer: { readonly hints: readonly LineHint[]; readonly complete: boolean },
  before: readonly KnownHint[],
  textOf: (line: number) => string | undefined,
): KnownHint[] {
  const given = answer.hints.flatMap((hint): KnownHint[] => {
    const text = textOf(hint.line);
    return text === undefined ? [] : [{ ...hint, text }];
  });
  if (answer.complete) return given;
  const lines = new Set(given.map(({ line }) => line));
  return [...given, ...before.filter(({ line, text }) => !lines.has(line) && textOf(line) === text)];
}
