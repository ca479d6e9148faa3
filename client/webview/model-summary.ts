import * as l10n from '@vscode/l10n';
import { percent, shapeText, si } from '../../common/numbers.ts';
import type { ModelTable } from '../../server/src/server/protocol.ts';
import { drawStages } from '../src/model/picture.ts';
import { namedStages } from '../src/model/stages.ts';
import { notesOf, summaryOf } from '../src/model/summary.ts';
import { bar } from './bar.ts';
import { el, table } from './dom.ts';
import { svgElement } from './svg.ts';

/** What the whole model is and costs, and what to know before one relies on it. */
export function modelSummary(model: ModelTable): HTMLElement[] {
  const pairs = summaryOf(model).flatMap(([word, said]) => [el('dt', {}, word), el('dd', {}, said)]);
  const notes = notesOf(model).map((note) => el('p', { class: 'notice' }, note));
  return [el('dl', { class: 'summary' }, ...pairs), ...notes];
}

/** The stages drawn and as a table; nothing where a model has none. */
export function modelStages(model: ModelTable): HTMLElement[] {
  const stages = namedStages(model);
  if (stages.length === 0) return [];
  const share = (amount: number, ratio: number, kind: 'macs' | 'params'): HTMLElement =>
    el('span', { class: 'amount' }, bar(ratio, kind), `${si(amount)} (${percent(ratio)})`);
  const rows = stages.map((stage) => [
    stage.name,
    shapeText(stage),
    share(stage.macs, stage.macsShare, 'macs'),
    share(stage.params, stage.paramsShare, 'params'),
  ]);
  const head = [l10n.t('Stage'), l10n.t('Output'), 'macs', 'params'];
  const key = l10n.t(
    'The taller, the finer its feature map; the wider, the more channels; the stronger its colour, the more multiply–accumulates.',
  );
  return [
    el('h2', {}, l10n.t('Stages')),
    el('div', {
      class: 'scrolls picture',
      tabindex: '0',
      role: 'group',
      'aria-label': l10n.t('Picture of the stages'),
    }),
    el('p', { class: 'key' }, key),
    el('div', { class: 'scrolls' }, table(l10n.t('What each stage takes beyond those before it'), head, rows)),
  ].map((made) => {
    if (made.classList.contains('picture')) made.append(svgElement(drawStages(stages)));
    return made;
  });
}

/** What is missing in every sum, and why. */
export function modelUnknown({ unknown }: ModelTable): HTMLElement[] {
  if (unknown.length === 0) return [];
  const rows = unknown.map(({ op, count, why }) => [op, String(count), why]);
  const head = [l10n.t('Operator'), l10n.t('Nodes'), l10n.t('Why')];
  return [
    el('h2', {}, l10n.t('Not counted')),
    el('div', { class: 'scrolls' }, table(l10n.t('Missing in every sum'), head, rows)),
  ];
}
