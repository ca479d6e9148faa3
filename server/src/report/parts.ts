import { nats, percent, scoreAmount } from '../../../common/numbers.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { amountText } from '../features/cost-text.ts';
import { html, type Markup, type Piece } from './html.ts';

/** What pages consist of: headings, tables in boxes that scroll, and numbers that carry their exact value. */

/** A number as people read it; its exact value stands beside it for programs. */
const number = (value: number, shown: string): Markup => html`<data value="${String(value)}">${shown}</data>`;

/** Exactly as it was counted: «89,316,864,000». */
export const exactly = (value: number): Markup =>
  number(value, Number.isInteger(value) ? value.toLocaleString('en-US') : String(Number(value.toPrecision(6))));

/** One of the costs of something, with its unit: «18.8 G», «31.3 MB». */
export const cost = (costs: Costs, name: CostName): Markup => amount(name, costOf(costs, name));

export const amount = (name: CostName, value: number): Markup => number(value, amountText(name, value));

/** An entropy, or what is told in its unit. */
export const inNats = (value: number, digits?: number): Markup =>
  number(value, digits === undefined ? nats(value) : value.toFixed(digits));

export const score = (value: number, unit: string): Markup => number(value, scoreAmount(value, unit));

/** How much of something is used, as a number and a bar. */
export const share = (ratio: number): Markup => {
  const width = Math.round(Math.min(1, Math.max(0, ratio)) * 600) / 10;
  return html`<span class="share"><svg class="bar" width="60" height="10" aria-hidden="true"><rect class="${ratio > 1 ? 'loss' : 'cost'}" width="${width}" height="10"/><rect class="rest" x="0.5" y="0.5" width="59" height="9"/></svg> ${percent(ratio)}</span>`;
};

export interface Column {
  readonly title: string;
  /** Words are left out where the page is narrow: they stand elsewhere, too. */
  readonly align?: 'left' | 'right' | 'words';
}

/** A column of numbers. */
export const right = (title: string): Column => ({ title, align: 'right' });
export const left = (title: string): Column => ({ title });

/**
 * A table in a box of its own: where it is wider than the page the box scrolls, by the keyboard too. The first cell of
 * each row names it.
 */
export function tableBox(label: string, columns: readonly Column[], rows: readonly (readonly Piece[])[]): Markup {
  const side = (i: number): string => columns[i]?.align ?? 'left';
  const head = columns.map(({ title }, i) => html`<th scope="col" class="${side(i)}">${title}</th>`);
  const body = rows.map((cells) => {
    const all = cells.map((cell, i) =>
      i === 0 ? html`<th scope="row" class="${side(i)}">${cell}</th>` : html`<td class="${side(i)}">${cell}</td>`,
    );
    return html`<tr>${all}</tr>\n`;
  });
  return scrollBox(
    label,
    html`<table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table>`,
  );
}

/** A box that scrolls where what is in it is wider than the page. */
export const scrollBox = (label: string, inside: Markup): Markup =>
  html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${inside}</div>\n`;

/** One part of what a section is about. */
export const part = (title: string, ...inside: readonly Piece[]): Markup =>
  html`<section>\n<h3>${title}</h3>\n${inside}</section>\n`;

/** A section that the contents lead to. */
export const section = (id: string, title: Piece, ...inside: readonly Piece[]): Markup =>
  html`<section class="about" aria-labelledby="${id}">\n<h2 id="${id}">${title}</h2>\n${inside}</section>\n`;

export const paragraph = (...words: readonly Piece[]): Markup => html`<p>${words}</p>\n`;

/** Something of less weight: what a table or drawing means. */
export const note = (...words: readonly Piece[]): Markup => html`<p class="note">${words}</p>\n`;
