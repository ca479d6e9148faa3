import * as l10n from '@vscode/l10n';
import { shape } from '../../drawing/shape.ts';
import type { PictureBackbone } from '../../server/src/server/protocol.ts';
import { el } from './dom.ts';
import { svgElement } from './svg.ts';

/** What the drawings mean, in plain words, each beside its colour; what is in none of them is left out. */
export function legend(backbones: readonly PictureBackbone[]): HTMLElement[] {
  const groups = backbones.flatMap((backbone) => backbone.groups);
  const has = (block: string): boolean => groups.some((group) => group.block === block);
  const entries: readonly (readonly [string, string, boolean])[] = [
    ['any-block', l10n.t('one block: the taller, the finer its feature map; the thicker, the more channels'), true],
    ['conv', l10n.t('a plain convolution'), has('conv')],
    ['maxpool', l10n.t('pooling'), has('maxpool')],
    ['neck', l10n.t('a level of the neck'), groups.some((group) => group.part === 'neck')],
    ['head', l10n.t('a head'), groups.some((group) => group.part === 'head')],
    ['cost', l10n.t("the group's share of the cost"), true],
    ['gain', l10n.t('the entropy that the group adds'), true],
    ['loss', l10n.t('the entropy that it takes away'), groups.some((group) => (group.gain ?? 0) < 0)],
  ];
  return entries.filter(([, , used]) => used).map(([kind, words]) => el('li', {}, swatch(kind), words));
}

function swatch(kind: string): SVGElement {
  const square = shape('rect', { class: kind, width: 12, height: 12 });
  return svgElement(shape('svg', { class: 'swatch', width: 12, height: 12, 'aria-hidden': 'true' }, square));
}
