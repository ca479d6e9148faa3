import type { TextProblem } from './outcome.ts';

/** Deeper than any structure file by far, and shallow enough that nothing that walks the tree can run out of stack. */
export const MAX_NESTING = 32;

const CLOSES: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };

const problem = (message: string, start: number, end = start + 1): TextProblem => ({ message, span: { start, end } });

/**
 * Looks at brackets and string ends only, before the real parser: in one pass, so that a file of a million brackets is
 * refused at once, and so that an open bracket is reported where it opens instead of where the file ends.
 */
export function checkBrackets(text: string): TextProblem | undefined {
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '#') i = lineEnd(text, i) - 1;
    else if (char === '"' || char === "'") {
      const end = stringEnd(text, i);
      if (end === undefined) return problem(`This string is never closed: end it with ${char}.`, i);
      i = end - 1;
    } else if (char in CLOSES) {
      open.push(i);
      if (open.length > MAX_NESTING)
        return problem(`Brackets are nested deeper than ${MAX_NESTING}: a structure is a list of blocks.`, i);
    } else if (char === ']' || char === ')' || char === '}') {
      const opener = text.charAt(open.pop() ?? text.length);
      const expected = CLOSES[opener];
      if (expected === undefined) return problem(`This ${char} closes nothing: remove it.`, i);
      if (expected !== char)
        return problem(`This ${char} closes a ${opener}: use ${expected}, or close the ${opener} first.`, i);
    }
  }
  const last = open.pop();
  return last === undefined
    ? undefined
    : problem(`This ${text.charAt(last)} is never closed: end it with ${CLOSES[text.charAt(last)]}.`, last);
}

function lineEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !/[\r\n]/.test(text.charAt(end))) end++;
  return end;
}

/** The offset after a string that begins at `start`, or undefined where it is never closed. */
function stringEnd(text: string, start: number): number | undefined {
  const quote = text.charAt(start);
  const triple = text.startsWith(quote.repeat(3), start);
  for (let i = start + (triple ? 3 : 1); i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\') i += text.startsWith('\r\n', i + 1) ? 2 : 1;
    else if (!triple && (char === '\n' || char === '\r')) return undefined;
    else if (char === quote && (!triple || text.startsWith(quote.repeat(3), i))) return i + (triple ? 3 : 1);
  }
  return undefined;
}
