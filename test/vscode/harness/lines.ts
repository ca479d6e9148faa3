import type { Locator } from 'playwright-core';
import { plain } from './until.ts';

/** One line of the editor as it is drawn: what the file holds, and what the extension adds to it. */
export interface Line {
  /** Line number as shown in the margin, from 1. */
  readonly number: number;
  readonly text: string;
  /** What is drawn behind the end of the line, with single spaces; empty when nothing is. */
  readonly hint: string;
  /** Where the hint's own text stands on the screen. */
  readonly hintPlace: Extent;
}

/** From where to where something reaches on the screen, in pixels from the left. */
export interface Extent {
  readonly left: number;
  readonly right: number;
}

/** A wavy underline. */
export interface Squiggle {
  readonly line: number;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
}

/** One row of lenses over a line. */
export interface Lens {
  /** Number of the line below the lens. */
  readonly line: number;
  readonly text: string;
}

/**
 * Reads the lines on screen from top to bottom. The editor recycles its line elements, so their order in the document
 * is not that of the lines; the line numbers in the margin and everything else are matched by their vertical place.
 */
export async function readLines(editor: Locator): Promise<Line[]> {
  const { numbers, lines } = await read(editor);
  return lines
    .flatMap(({ top, text, hint, hintPlace }) => {
      const number = numbers.get(top);
      const shown = plain(hint).trim().replaceAll(/ +/g, ' ');
      return number === undefined ? [] : [{ number, text: plain(text), hint: shown, hintPlace }];
    })
    .sort((a, b) => a.number - b.number);
}

export async function readSquiggles(editor: Locator): Promise<Squiggle[]> {
  const { numbers, squiggles } = await read(editor);
  return squiggles.flatMap(({ top, severity }) => {
    const line = numbers.get(top);
    return line === undefined || !isSeverity(severity) ? [] : [{ line, severity }];
  });
}

export async function readLenses(editor: Locator): Promise<Lens[]> {
  const { numbers, lenses } = await read(editor);
  const tops = [...numbers.keys()].sort((a, b) => a - b);
  return lenses
    .map(({ top, text }) => {
      const below = tops.find((place) => place > top);
      return { line: (below === undefined ? undefined : numbers.get(below)) ?? 0, text: plain(text) };
    })
    .sort((a, b) => a.line - b.line);
}

const isSeverity = (name: string): name is Squiggle['severity'] => ['error', 'warning', 'info', 'hint'].includes(name);

/** What is drawn, read at one moment: a lens that comes between two readings moves every line. */
async function read(
  editor: Locator,
): Promise<Omit<Drawn, 'numbers'> & { readonly numbers: ReadonlyMap<number, number> }> {
  const drawing = await editor.evaluate(drawn);
  return { ...drawing, numbers: new Map(drawing.numbers.filter(([, number]) => number > 0)) };
}

/** Everything by its vertical place in pixels. */
interface Drawn {
  /** Vertical place and line number. */
  readonly numbers: readonly (readonly [number, number])[];
  readonly lines: readonly {
    readonly top: number;
    readonly text: string;
    readonly hint: string;
    readonly hintPlace: Extent;
  }[];
  readonly squiggles: readonly { readonly top: number; readonly severity: string }[];
  readonly lenses: readonly { readonly top: number; readonly text: string }[];
}

/** What these functions use of a page's elements; they run in the browser, whose types this project does not load. */
interface DomNode {
  readonly textContent: string | null;
  readonly className: string;
  readonly style: { readonly top: string };
  readonly parentElement: DomNode | null;
  querySelectorAll(selector: string): Iterable<DomNode>;
  getBoundingClientRect(): Extent;
}

/** The browser's. */
declare function getComputedStyle(node: DomNode, part: string): { readonly content: string };

/** In the browser. Separates a line's own text from what a decoration writes behind it; spaces before a hint are not its own. */
function drawn(editor: DomNode): Drawn {
  const all = (selector: string): DomNode[] => [...editor.querySelectorAll(selector)];
  const topOf = (node: DomNode | null): number => Number.parseFloat(node?.style.top ?? '');
  const lines = all('.view-line').map((node) => {
    let text = '';
    let hint = '';
    let hintPlace = { left: 0, right: 0 };
    for (const span of node.querySelectorAll(':scope > span > span')) {
      text += span.textContent ?? '';
      const { content } = getComputedStyle(span, '::after');
      if (!content.startsWith('"')) continue;
      const written = content.slice(1, -1).replaceAll(/\\(.)/g, '$1');
      hint += written;
      const { left, right } = span.getBoundingClientRect();
      hintPlace = { left: right - ((right - left) / written.length) * written.trim().length, right };
    }
    return { top: topOf(node), text, hint, hintPlace };
  });
  return {
    numbers: all('.margin-view-overlays > div').map((node) => [
      topOf(node),
      Number.parseInt(node.textContent ?? '', 10),
    ]),
    lines,
    squiggles: all('.view-overlays .cdr[class*="squiggly-"]').map((node) => ({
      top: topOf(node.parentElement),
      severity: /squiggly-(\w+)/.exec(node.className)?.[1] ?? '',
    })),
    lenses: all('.codelens-decoration').map((node) => ({ top: topOf(node), text: node.textContent ?? '' })),
  };
}
