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
  const [numbers, lines] = await Promise.all([lineNumbers(editor), editor.locator('.view-line').evaluateAll(drawn)]);
  return lines
    .flatMap(({ top, text, hint, hintPlace }) => {
      const number = numbers.get(top);
      const shown = plain(hint).trim().replaceAll(/ +/g, ' ');
      return number === undefined ? [] : [{ number, text: plain(text), hint: shown, hintPlace }];
    })
    .sort((a, b) => a.number - b.number);
}

export async function readSquiggles(editor: Locator): Promise<Squiggle[]> {
  const [numbers, found] = await Promise.all([
    lineNumbers(editor),
    editor.locator('.view-overlays .cdr[class*="squiggly-"]').evaluateAll((nodes: readonly DomNode[]) =>
      nodes.map((node) => ({
        top: Number.parseFloat(node.parentElement?.style.top ?? ''),
        severity: /squiggly-(\w+)/.exec(node.className)?.[1] ?? '',
      })),
    ),
  ]);
  return found.flatMap(({ top, severity }) => {
    const line = numbers.get(top);
    return line === undefined || !isSeverity(severity) ? [] : [{ line, severity }];
  });
}

export async function readLenses(editor: Locator): Promise<Lens[]> {
  const [numbers, found] = await Promise.all([
    lineNumbers(editor),
    editor
      .locator('.codelens-decoration')
      .evaluateAll((nodes: readonly DomNode[]) =>
        nodes.map((node) => ({ top: Number.parseFloat(node.style.top), text: node.textContent ?? '' })),
      ),
  ]);
  const tops = [...numbers.keys()].sort((a, b) => a - b);
  return found
    .map(({ top, text }) => {
      const below = tops.find((place) => place > top);
      return { line: (below === undefined ? undefined : numbers.get(below)) ?? 0, text: plain(text) };
    })
    .sort((a, b) => a.line - b.line);
}

const isSeverity = (name: string): name is Squiggle['severity'] => ['error', 'warning', 'info', 'hint'].includes(name);

/** Line number by vertical place. */
async function lineNumbers(editor: Locator): Promise<Map<number, number>> {
  const rows = await editor
    .locator('.margin-view-overlays > div')
    .evaluateAll((nodes: readonly DomNode[]) =>
      nodes.map((node): [number, number] => [
        Number.parseFloat(node.style.top),
        Number.parseInt(node.textContent ?? '', 10),
      ]),
    );
  return new Map(rows.filter(([, number]) => number > 0));
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

/** Separates a line's own text from what a decoration writes behind it. The spaces before a hint are not its own. */
function drawn(
  nodes: readonly DomNode[],
): { top: number; text: string; hint: string; hintPlace: { left: number; right: number } }[] {
  return nodes.map((node) => {
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
    return { top: Number.parseFloat(node.style.top), text, hint, hintPlace };
  });
}
