import { drawBackbone } from '../../../drawing/draw.ts';
import { titleOf } from '../../../drawing/parts.ts';
import type { PictureBackbone } from '../features/picture.ts';
import { drawn, html, type Markup } from './html.ts';
import { part, scrollBox } from './parts.ts';

/** Pixels that the drawing of a design has in a wide window and on paper, and on a telephone. */
const WIDE = 960;
const NARROW = 320;

/**
 * The architecture picture of the editor. A chain is drawn twice, and the page shows what fits: from left to right, or from
 * top to bottom. A graph is drawn once, and scrolls.
 */
export function pictured(picture: PictureBackbone | undefined): Markup {
  if (picture === undefined) return html``;
  const draw = (width: number | undefined): Markup =>
    drawn(drawBackbone(picture, { pressable: false, ...(width === undefined ? {} : { width }) }));
  const drawings = picture.branches
    ? scrollBox(`The picture of ${picture.name}`, draw(undefined))
    : html`<div class="wide">${scrollBox(`The picture of ${picture.name}`, draw(WIDE))}</div>
<div class="narrow">${draw(NARROW)}</div>\n`;
  return part(
    'Picture',
    html`<figure>${drawings}<figcaption>${titleOf(picture)}.</figcaption></figure>\n`,
    legend(picture),
  );
}

/** What is in the drawing, each beside its colour. */
function legend(picture: PictureBackbone): Markup {
  const { groups } = picture;
  const has = (block: string): boolean => groups.some((group) => group.block === block);
  const entries: readonly (readonly [string, string, boolean])[] = [
    ['block', 'one block: the taller, the finer its feature map; the thicker, the more channels', true],
    ['conv', 'a plain convolution', has('conv')],
    ['maxpool', 'pooling', has('maxpool')],
    ['neck', 'a level of the neck', groups.some((group) => group.part === 'neck')],
    ['head', 'a head', groups.some((group) => group.part === 'head')],
    ['cost', `the group’s share of ${picture.costName}`, true],
    ['gain', 'the entropy that the group adds, in nats', true],
    ['loss', 'the entropy that it takes away', groups.some((group) => (group.gain ?? 0) < 0)],
  ];
  return key(entries.filter(([, , used]) => used));
}

/** Words beside their colours. */
export const key = (entries: readonly (readonly [kind: string, words: string, ...unknown[]])[]): Markup =>
  html`<ul class="key">${entries.map(([kind, words]) => html`<li>${swatch(kind)} ${words}</li>`)}</ul>\n`;

const swatch = (kind: string): Markup =>
  html`<svg width="12" height="12" aria-hidden="true"><rect class="${kind}" width="12" height="12"/></svg>`;
