import * as l10n from '@vscode/l10n';
import { percent, seconds, si, signed } from '../../common/numbers.ts';
import { aimOf, scoreOf } from '../src/dashboard/aim.ts';
import { costChart, progressChart, shownCosts } from '../src/dashboard/charts.ts';
import { frontierChart, frontierOf } from '../src/dashboard/frontier-chart.ts';
import type { FromDashboard } from '../src/dashboard/messages.ts';
import { priceText } from '../src/dashboard/price-text.ts';
import { isLive, type Run, type RunStatus } from '../src/dashboard/state.ts';
import { amountText } from '../src/webviews/cost-text.ts';
import { Chart } from './chart.ts';
import { button, el, replaceContent, setEnabled, setText } from './dom.ts';

type Send = (message: FromDashboard) => void;

export function statusWord(status: RunStatus): string {
  switch (status) {
    case 'running':
      return l10n.t('Running');
    case 'paused':
      return l10n.t('Paused');
    case 'done':
      return l10n.t('Done');
    case 'stopped':
      return l10n.t('Stopped');
    case 'failed':
      return l10n.t('Failed');
    case 'interrupted':
      return l10n.t('Interrupted');
  }
}

/** A search without a name is called after its backbone, which need not be said twice. */
function titleOf(run: Run): string {
  const { name, backbone, budget, goal, settings } = run.about;
  const seed = settings['seed'] ?? 0;
  const plain =
    budget === ''
      ? l10n.t('{0}, seed {1}', backbone, seed)
      : l10n.t('{0} within {1}, seed {2}', backbone, budget, seed);
  const what =
    goal === undefined ? plain : l10n.t('least {0} at score {1}, {2}', goal.cost, scoreOf(run, goal.score), plain);
  return name === backbone ? what : l10n.t('{0}: {1}', name, what);
}

/** What is optimised, with what was gained; beside a minimised cost the score that it holds. */
function goalNumbers(run: Run): [string, string][] {
  const { now, about } = run;
  const { goal, start, units } = about;
  const score = scoreOf(run, now.score);
  const gain = signed(now.score - start.score, (value) => scoreOf(run, value));
  if (goal === undefined) return [[l10n.t('Score'), `${score} (${gain})`]];
  const [before, after] = [start.costs[goal.cost] ?? 0, now.best.costs[goal.cost] ?? 0];
  return [
    [goal.cost, l10n.t('{0}, {1} of the start’s', amountText(units, goal.cost, after), percent(after / before))],
    [l10n.t('Score'), l10n.t('{0}, at least {1}', score, scoreOf(run, goal.score))],
  ];
}

/** How far the best may be from the bound; where it is proven, that it is the best. */
function distanceText(run: Run): string {
  const { gap, proven } = run.now;
  if (proven === true)
    return run.about.goal === undefined ? l10n.t('proven best in this space') : l10n.t('proven least in this space');
  return gap === undefined ? l10n.t('not known') : l10n.t('at most {0}', percent(aimOf(run).distance(gap)));
}

/** A name, what it is, and perhaps how much that is. */
type Tile = readonly [name: string, ...texts: string[]];

/** Where the names are the same only the texts are written. */
function showTiles(list: HTMLElement, tiles: readonly Tile[]): void {
  const shown = [...list.children];
  const same = (tile: Tile, index: number): boolean =>
    shown[index]?.firstElementChild?.textContent === tile[0] && shown[index]?.children.length === tile.length;
  if (shown.length === tiles.length && tiles.every(same)) {
    for (const [index, tile] of tiles.entries()) {
      for (const [place, text] of tile.entries()) {
        const cell = shown[index]?.children[place];
        if (cell !== undefined) setText(cell, text);
      }
    }
    return;
  }
  replaceContent(
    list,
    ...tiles.map(([name, ...texts]) => el('div', {}, el('dt', {}, name), ...texts.map((text) => el('dd', {}, text)))),
  );
}

/** The open run: what it is about, its buttons, its numbers and its charts. */
export class RunView {
  readonly element: HTMLElement;
  private readonly title = el('h1', { id: 'title' });
  private readonly status = el('p', { class: 'status' });
  private readonly bar = el('progress', { max: '1', 'aria-labelledby': 'title' });
  private readonly pause: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly apply: HTMLButtonElement;
  private readonly again: readonly HTMLButtonElement[];
  private readonly prove: HTMLButtonElement;
  private readonly curve: HTMLButtonElement;
  private readonly frontier = new Chart();
  private readonly moved = el('p', { class: 'moved' });
  private readonly numbers = el('dl', { class: 'numbers' });
  /** The costs of the budget side by side, each under its name. */
  private readonly tiles = el('dl', { class: 'numbers costs', 'aria-label': l10n.t('Costs') });
  private readonly progress = new Chart();
  private readonly costs = el('div', { class: 'charts' });
  private readonly costCharts = new Map<string, Chart>();
  private run: Run | undefined;

  constructor(send: Send) {
    const secondary = (id: string, label: string, press: () => void): HTMLButtonElement => {
      const made = button(id, label, press);
      made.classList.add('secondary');
      return made;
    };
    const press = (make: (run: Run) => FromDashboard) => () => {
      if (this.run !== undefined) send(make(this.run));
    };
    this.pause = secondary(
      'pause',
      l10n.t('Pause'),
      press(({ id, status }) => ({ type: status === 'paused' ? 'resume' : 'pause', id })),
    );
    this.stop = secondary(
      'stop',
      l10n.t('Stop'),
      press(({ id }) => ({ type: 'stop', id })),
    );
    this.apply = button(
      'apply',
      '',
      press(({ id }) => ({ type: 'apply', id, design: 'best' })),
    );
    const diff = secondary(
      'diff',
      l10n.t('Open diff in the editor'),
      press(({ id }) => ({ type: 'openDiff', id, design: 'best' })),
    );
    const bar = el('div', { class: 'buttons', role: 'group', 'aria-label': l10n.t('This search') });
    this.prove = secondary(
      'prove',
      l10n.t('Prove'),
      press(({ id }) => ({ type: 'prove', id })),
    );
    this.prove.title = l10n.t('Search again to the end: for the best design there is, with the proof of it');
    this.curve = secondary(
      'frontier',
      l10n.t('Score over the budget'),
      press(({ id }) => ({ type: 'frontier', id })),
    );
    this.curve.title = l10n.t('Search with smaller and larger limits: how the best score grows with the budget');
    this.again = [
      secondary(
        'again',
        l10n.t('Search again'),
        press(({ id }) => ({ type: 'again', id })),
      ),
      this.prove,
      secondary(
        'front',
        l10n.t('Search again, with the Pareto front'),
        press(({ id }) => ({ type: 'front', id })),
      ),
      this.curve,
    ];
    bar.append(this.apply, diff, this.pause, this.stop, ...this.again);
    const charts = el('div', { class: 'charts' }, this.progress.element, this.frontier.element);
    this.element = el('section', { 'aria-labelledby': 'title' });
    this.element.append(
      this.title,
      this.status,
      this.bar,
      bar,
      this.moved,
      this.numbers,
      this.tiles,
      charts,
      this.costs,
    );
  }

  update(run: Run, file: string, changed: boolean): void {
    this.run = run;
    const { status, message, fraction } = run;
    setText(this.title, l10n.t('{0}: {1}', file, titleOf(run)));
    setText(this.apply, l10n.t('Apply to {0}', file));
    const text = l10n.t('{0} has changed since this search. Searching again takes its text as it is now.', file);
    setText(this.moved, text);
    this.moved.hidden = isLive(run) || !changed;
    setText(this.status, l10n.t('{0}. {1}', statusWord(status), message));
    this.bar.value = fraction;
    this.bar.hidden = !isLive(run);
    setText(this.pause, status === 'paused' ? l10n.t('Resume') : l10n.t('Pause'));
    setEnabled(this.pause, isLive(run));
    setEnabled(this.stop, isLive(run));
    for (const button of this.again) setEnabled(button, !isLive(run));
    setEnabled(
      this.prove,
      !isLive(run) && run.now.proven !== true && run.about.settings['objective'] !== 'zen-measured',
    );
    setEnabled(this.curve, !isLive(run) && frontierOf(run) !== undefined);
    this.updateNumbers(run);
    this.progress.update(progressChart(run));
    this.frontier.element.hidden = run.frontier === undefined;
    if (run.frontier !== undefined) this.frontier.update(frontierChart(run, run.frontier));
    this.updateCosts(run);
  }

  private updateNumbers(run: Run): void {
    const { now, about } = run;
    const aim = aimOf(run);
    const unknown = l10n.t('not known');
    const entries: [string, string][] = [
      ...goalNumbers(run),
      [l10n.t('Bound'), now.bound === undefined ? unknown : aim.text(now.bound)],
      [l10n.t('To the bound'), distanceText(run)],
      [
        l10n.t('Evaluations'),
        l10n.t('{0} in {1}, {2}/s', si(now.evaluations), seconds(now.seconds), si(now.evaluationsPerSecond, 3)),
      ],
    ];
    showTiles(this.numbers, entries);
    this.tiles.hidden = about.limits.length === 0;
    showTiles(
      this.tiles,
      about.limits.map(({ cost, amount }): Tile => {
        const value = now.best.costs[cost] ?? 0;
        const price = priceText(run, { cost, amount });
        return [
          cost,
          amountText(about.units, cost, value),
          l10n.t('{0} of {1}', percent(value / amount), amountText(about.units, cost, amount)),
          ...(price === undefined ? [] : [price]),
        ];
      }),
    );
  }

  /** A chart for each cost that matters. */
  private updateCosts(run: Run): void {
    const costs = shownCosts(run);
    for (const name of [...this.costCharts.keys()].filter((n) => !costs.some((c) => c.cost === n))) {
      this.costCharts.get(name)?.element.remove();
      this.costCharts.delete(name);
    }
    for (const shown of costs) {
      const chart = this.costCharts.get(shown.cost) ?? new Chart();
      if (!this.costCharts.has(shown.cost)) {
        this.costCharts.set(shown.cost, chart);
        this.costs.append(chart.element);
      }
      chart.update(costChart(run, shown));
    }
  }
}
