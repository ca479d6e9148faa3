import { escaped, type Shape, svgText } from '../../../drawing/shape.ts';

const TEXT: unique symbol = Symbol('text');

/** A piece of a page. Only what is here makes one, so that no text of a person gets into a page as it is. */
export interface Markup {
  readonly [TEXT]: string;
}

/** What may stand in a piece: text and numbers are escaped, pieces are taken as they are, and nothing is nothing. */
export type Piece = Markup | string | number | undefined | readonly Piece[];

/** A piece of markup. What is put into it, between tags or within the quotes of an attribute, is escaped. */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup => ({
  [TEXT]: strings.map((text, i) => text + textOf(pieces[i])).join(''),
});

/** A drawing, whose words and attributes are escaped by its own writer. */
export const drawn = (shape: Shape): Markup => ({ [TEXT]: svgText(shape) });

/** The rules of a style sheet of our own. */
export const styled = (css: string): Markup => ({ [TEXT]: `<style>${css}</style>` });

/** The text of a page. */
export const pageText = (page: Markup): string => page[TEXT];

function textOf(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece));
  return TEXT in piece ? piece[TEXT] : piece.map(textOf).join('');
}
