import * as l10n from '@vscode/l10n';
import { si } from '../../common/numbers.ts';
import { reachedText } from '../src/dashboard/aim.ts';
import { comparisonChart, runTable } from '../src/dashboard/charts.ts';
import { fileLabels } from '../src/dashboard/file-label.ts';
import type { FromDashboard } from '../src/dashboard/messages.ts';
import { type DashboardState, isLive, type Run } from '../src/dashboard/state.ts';
import { Chart } from './chart.ts';
import { button, el, replaceContent, table } from './dom.ts';
import { statusWord } from './run-view.ts';

type Send = (message: FromDashboard) => void;

/** The runs of the workspace: open one, forget one, lay several over each other. */
export class HistoryView {
  readonly element: HTMLElement;
  private readonly send: Send;
  private readonly list = el('div', {
    class: 'scrolls',
    tabindex: '0',
    role: 'region',
    'aria-label': l10n.t('Runs of this workspace'),
  });
  private readonly comparison = el('section', { 'aria-labelledby': 'compare-title' });
  private readonly chart = new Chart();
  private readonly twin = el('div', {
    class: 'scrolls',
    tabindex: '0',
    role: 'region',
    'aria-label': l10n.t('Settings and results'),
  });
  private shown = '';

  constructor(send: Send) {
    this.send = send;
    const title = el('h2', { id: 'compare-title' }, l10n.t('Runs compared'));
    this.comparison.append(title, this.chart.element, this.twin);
    this.element = el('section', { 'aria-labelledby': 'history-title' });
    this.element.append(
      el('h2', { id: 'history-title' }, l10n.t('Runs of this workspace')),
      this.list,
      this.comparison,
    );
  }

  update(state: DashboardState): void {
    // A running search changes its score all the time: the row follows, and the table is built anew only then.
    const key = JSON.stringify([
      state.shown,
      state.compared,
      state.runs.map((r) => [r.id, r.status, isLive(r) ? '' : reachedText(r)]),
    ]);
    if (key === this.shown) return;
    this.shown = key;
    const head = [
      l10n.t('Run'),
      l10n.t('File'),
      l10n.t('State'),
      l10n.t('Score'),
      l10n.t('Seed'),
      l10n.t('Evaluations'),
      l10n.t('Compare'),
      l10n.t('Actions'),
    ];
    const files = fileLabels(state.runs.map((run) => run.uri));
    const rows = state.runs.map((run) => this.row(run, files.get(run.uri) ?? run.uri, state));
    replaceContent(this.list, table(l10n.t('The newest run first'), head, rows));
    const compared = state.runs.filter((r) => state.compared.includes(r.id));
    const [first, ...others] = compared;
    this.comparison.hidden = others.length === 0;
    if (first === undefined || this.comparison.hidden) return;
    this.chart.update(comparisonChart([first, ...others], labelOf));
    const { head: names, rows: values } = runTable(compared, labelOf);
    this.twin.replaceChildren(table(l10n.t('Settings and results'), names, values));
  }

  private row(run: Run, file: string, { shown, compared }: DashboardState): (Node | string)[] {
    const { id, about, status } = run;
    const label = labelOf(run);
    const tick = el('input', { type: 'checkbox', id: `compare-${id}`, 'aria-label': l10n.t('Compare {0}', label) });
    tick.checked = compared.includes(id);
    tick.addEventListener('change', () => {
      const others = compared.filter((other) => other !== id);
      this.send({ type: 'compare', ids: tick.checked ? [...others, id] : others });
    });
    const open = button(`open-${id}`, l10n.t('Open'), () => this.send({ type: 'show', id }), l10n.t('Open {0}', label));
    const remove = button(
      `remove-${id}`,
      l10n.t('Forget'),
      () => this.send({ type: 'remove', id }),
      l10n.t('Forget {0}', label),
    );
    for (const element of [open, remove]) element.classList.add('secondary');
    const actions = isLive(run) ? [open] : [open, remove];
    return [
      id === shown ? el('strong', { 'aria-current': 'true' }, label) : label,
      file,
      statusWord(status),
      isLive(run) ? '' : reachedText(run),
      String(about.settings['seed'] ?? ''),
      si(Number(about.settings['evaluations'] ?? 0)),
      tick,
      el('span', { class: 'buttons' }, ...actions),
    ];
  }
}

const labelOf = ({ about, begun }: Run): string =>
  `${about.name}, ${new Date(begun).toLocaleString(document.documentElement.lang)}`;
