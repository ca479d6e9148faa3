import * as l10n from '@vscode/l10n';
import type { ComparedRows } from '../src/compare/rows.ts';
import { el } from './dom.ts';

export interface Column {
  readonly name: string;
  readonly from: string;
  readonly isReference: boolean;
}

/** One table for all designs, so that their columns stand in line from the first stage to the last. */
export function comparisonTable(caption: string, columns: readonly Column[], parts: readonly ComparedRows[]): Element {
  const reference = columns.findIndex(({ isReference }) => isReference);
  const head = columns.map(({ name, from, isReference }) =>
    el(
      'th',
      { scope: 'col' },
      el('span', { class: 'name' }, name),
      el('span', { class: 'from' }, isReference ? l10n.t('{0}, reference', from) : from),
    ),
  );
  return el(
    'table',
    { class: 'comparison' },
    el('caption', { class: 'hidden-text' }, caption),
    el('thead', {}, el('tr', {}, el('td'), ...head)),
    ...parts.map((part) => section(part, columns.length, reference)),
  );
}

function section({ title, rows }: ComparedRows, designs: number, reference: number): Element {
  const heading = el('th', { scope: 'rowgroup', colspan: String(designs + 1) }, title);
  const lines = rows.map(({ name, cells }) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, name),
      ...cells.map(({ text, difference }, index) =>
        index === reference
          ? el('td', {}, text)
          : el('td', {}, text, ' ', el('span', { class: 'difference' }, difference)),
      ),
    ),
  );
  return el('tbody', {}, el('tr', {}, heading), ...lines);
}
