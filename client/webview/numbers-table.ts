import * as l10n from '@vscode/l10n';
import { type Column, depthColumn } from '../src/numbers/columns.ts';
import type { Cell, Difference, GroupRow, NumbersTable, Row } from '../src/numbers/rows.ts';
import { FILE_ORDER, orderOf, type Sort } from '../src/webviews/sort.ts';
import { button, el } from './dom.ts';
import { LINES } from './numbers-keys.ts';

/** One table of a backbone: a row for each group, then the stages, then all of it against its budgets. */
export function numbersTable(
  name: string,
  table: NumbersTable,
  sort: Sort | undefined,
  press: (column: string) => void,
): HTMLTableElement {
  const caption = l10n.t(
    '{0}: a row for each group. A second number with a sign is the change since the last save.',
    name,
  );
  const width = 4 + table.columns.reduce((sum, { columns }) => sum + columns.length, 0);
  const part = (title: string, rows: readonly HTMLElement[]): HTMLElement =>
    el('tbody', {}, el('tr', {}, el('th', { scope: 'rowgroup', colspan: String(width) }, title)), ...rows);
  return el(
    'table',
    {},
    el('caption', { class: 'hidden-text' }, caption),
    head(name, table, sort, press),
    el('tbody', {}, ...table.groups.map((row) => groupRow(name, row))),
    part(
      l10n.t('Stages'),
      table.stages.map((row) => plainRow(row)),
    ),
    part(
      l10n.t('All of it'),
      table.totals.map((row) => plainRow(row)),
    ),
  );
}

/** Two rows: what the columns belong to, and what each is. */
function head(
  name: string,
  { columns }: NumbersTable,
  sort: Sort | undefined,
  press: (column: string) => void,
): HTMLElement {
  const single = (content: string): HTMLElement => el('th', { scope: 'col', rowspan: '2' }, content);
  const sortable = (column: Pick<Column, 'id' | 'label' | 'name'>, attributes: Readonly<Record<string, string>>) =>
    el(
      'th',
      { scope: 'col', 'aria-sort': orderOf(column.id, sort), ...attributes },
      button(`sort-${name}-${column.id}`, column.label, () => press(column.id), column.name),
    );
  const group = l10n.t('Group');
  return el(
    'thead',
    {},
    el(
      'tr',
      {},
      sortable({ id: FILE_ORDER, label: group, name: l10n.t('Group, in the order of the file') }, { rowspan: '2' }),
      single(l10n.t('Line')),
      sortable(depthColumn(), { rowspan: '2' }),
      single(l10n.t('Output')),
      ...columns.map(({ title, columns: own }) =>
        el('th', { scope: 'colgroup', colspan: String(own.length), class: 'over' }, title),
      ),
    ),
    el('tr', {}, ...columns.flatMap(({ columns: own }) => own.map((column) => sortable(column, {})))),
  );
}

function groupRow(backbone: string, row: GroupRow): HTMLElement {
  const line = String(row.from + 1);
  const id = `row-${backbone}-${row.from}`;
  const attributes = { [LINES.from]: String(row.from), [LINES.to]: String(row.to) };
  const mark = row.isNew ? el('span', { class: 'difference' }, l10n.t('new')) : undefined;
  // A click on it is one on its row.
  const name = el('button', { type: 'button', id, 'aria-label': l10n.t('{0}, line {1}', row.name, line) }, row.name);
  return el('tr', attributes, el('th', { scope: 'row' }, name, mark), el('td', {}, line), ...cells(row));
}

const plainRow = (row: Row): HTMLElement =>
  el('tr', {}, el('th', { scope: 'row' }, row.name), el('td', {}), ...cells(row));

function cells({ cells: [depth, ...rest], shape, shapeBefore }: Row): HTMLElement[] {
  const was =
    shapeBefore === undefined ? undefined : el('span', { class: 'difference' }, l10n.t('was {0}', shapeBefore));
  return [...(depth === undefined ? [] : [cell(depth)]), el('td', {}, shape, was), ...rest.map(cell)];
}

const cell = ({ text, difference, title, exceeded }: Cell): HTMLElement =>
  el(
    'td',
    { title, class: exceeded === true ? 'exceeded' : undefined },
    exceeded === true ? l10n.t('{0}, exceeded', text) : text,
    difference === undefined ? undefined : differenceOf(difference),
  );

const differenceOf = ({ text, better }: Difference): HTMLElement =>
  el('span', { class: `difference ${better ? 'better' : 'worse'}` }, text);
