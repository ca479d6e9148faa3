import type { Token } from './cursor-context.ts';

/** Where a word of a space is typed. `place` is the stage or node whose limits are being written. */
export type SpacePlace =
  /** A line may begin here; behind a range of widths, on its line, a step may follow too. */
  | { readonly kind: 'space-line'; readonly place: string | undefined; readonly stepOf: string | undefined }
  | { readonly kind: 'space-value'; readonly place: string | undefined; readonly line: string }
  | { readonly kind: 'space-step' };

/** The line of a space that is being written. */
interface Line {
  readonly name: string;
  last: Token;
  /** Whether a value of it is there. */
  filled: boolean;
}

const JOINS = [',', '..', 'step', '.'];

/** The place behind the words of a space, or undefined where it is closed. */
export function spacePlace(body: readonly Token[]): SpacePlace | undefined {
  let line: Line | undefined;
  let place: string | undefined;
  let depth = 1;
  for (const token of body) {
    const { text } = token;
    if (text === '{') {
      place = line?.name;
      depth += 1;
      line = undefined;
    } else if (text === '}') {
      place = undefined;
      depth -= 1;
      line = undefined;
    } else if (line !== undefined && continues(line, token)) {
      line.last = token;
      line.filled ||= !JOINS.includes(text);
    } else line = { name: text, last: token, filled: false };
  }
  if (depth <= 0) return undefined;
  if (line === undefined) return { kind: 'space-line', place, stepOf: undefined };
  const { name, last, filled } = line;
  if (last.text === 'step') return { kind: 'space-step' };
  if (!filled || last.text === ',') return { kind: 'space-value', place, line: name };
  return { kind: 'space-line', place, stepOf: name };
}

/** Whether a word belongs to the line before it: a value that is missing, or what joins two. */
function continues({ last, filled }: Line, token: Token): boolean {
  if (JOINS.includes(token.text) || JOINS.includes(last.text)) return true;
  return !filled && token.line === last.line;
}
