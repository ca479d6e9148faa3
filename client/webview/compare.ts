import './localised.ts';
import './base.css';
import './compare.css';
import * as l10n from '@vscode/l10n';
import type { ComparedDesign } from '../../server/src/server/protocol.ts';
import type { FromCompare, ToCompare } from '../src/compare/messages.ts';
import { comparedRows } from '../src/compare/rows.ts';
import { Announcer } from './announcer.ts';
import { el, replaceContent, table } from './dom.ts';
import { connect } from './host.ts';

/** The page of the comparison: which designs, and one table for all of them and for each stage. */
const host = connect<FromCompare, ToCompare>(receive);
const announcer = new Announcer();
const title = el('h1', {}, l10n.t('Compare backbones'));
const choice = el('fieldset', {}, el('legend', {}, l10n.t('Side by side')));
const boxes = el('div', { class: 'boxes' });
const tables = el('div', { class: 'scrolls', tabindex: '0', role: 'region', 'aria-label': l10n.t('Comparison') });
choice.append(boxes);
document.getElementById('app')?.append(title, choice, tables, announcer.element);

function receive({ uri, file, estimator, designs, chosen }: ToCompare): void {
  host.keep({ uri });
  title.textContent = l10n.t('Backbones of {0} and published ones, {1} entropy', file, estimator);
  replaceContent(boxes, ...designs.map((design) => box(design, chosen)));
  // In the order in which they were chosen: the first is what the others are measured against.
  const shown = chosen.flatMap((id) => designs.find((d) => d.id === id) ?? []);
  if (shown.length < 2) {
    replaceContent(tables, el('p', {}, l10n.t('Choose two or more.')));
    return;
  }
  const head = ['', ...shown.map(nameOf)];
  const inputs = new Set(shown.map(({ input }) => JSON.stringify(input)));
  const apart = inputs.size === 1 ? undefined : el('p', {}, l10n.t('Their inputs differ, and with them their costs.'));
  replaceContent(tables, apart, ...comparedRows(shown).map((part) => table(part.title, head, part.rows)));
  announcer.progress(() => l10n.t('Compared: {0}.', shown.map(nameOf).join(', ')));
}

const nameOf = ({ name, builtIn }: ComparedDesign): string => (builtIn ? l10n.t('{0} (published)', name) : name);

function box(design: ComparedDesign, chosen: readonly string[]): HTMLElement {
  const { id } = design;
  const tick = el('input', { type: 'checkbox', id: `choose-${id}` });
  tick.checked = chosen.includes(id);
  tick.addEventListener('change', () => {
    const others = chosen.filter((other) => other !== id);
    host.send({ type: 'choose', ids: tick.checked ? [...others, id] : others });
  });
  return el('label', {}, tick, ` ${nameOf(design)}`);
}

host.send({ type: 'ready' });
