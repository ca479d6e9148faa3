import * as l10n from '@vscode/l10n';
import { scoreOf } from '../src/dashboard/aim.ts';
import type { FromDashboard } from '../src/dashboard/messages.ts';
import type { DashboardState, DiffLine, Run } from '../src/dashboard/state.ts';
import { amountText } from '../src/webviews/cost-text.ts';
import { button, el, replaceContent, table } from './dom.ts';
import { FittedDrawing } from './fitted-drawing.ts';

const SIGNS = { same: ' ', added: '+', removed: '−', gap: '⋯' } as const;
const TAGS = { same: 'span', added: 'ins', removed: 'del', gap: 'span' } as const;

/** The best design as a diff against the file, and the front with a button for each of its points. */
export class DesignView {
  readonly element: HTMLElement;
  private readonly send: (message: FromDashboard) => void;
  private readonly diff = el('div');
  private readonly front = el('section', { 'aria-labelledby': 'front-title' });
  // A region that may scroll must be reached by the keyboard.
  private readonly drawing = new FittedDrawing(
    { role: 'region', tabindex: '0', 'aria-label': l10n.t('Drawing') },
    false,
  );
  private shownDrawing: DashboardState['drawing'];
  private shownDiff: readonly DiffLine[] | undefined;
  private shownFront: Run['front'] | undefined;

  constructor(send: (message: FromDashboard) => void) {
    this.send = send;
    this.element = el('section', { 'aria-labelledby': 'best-title' });
    this.element.append(
      el('h2', { id: 'best-title' }, l10n.t('The best so far, against the file')),
      this.drawing.element,
      this.diff,
      this.front,
    );
  }

  update(run: Run, { diff, drawing }: DashboardState): void {
    if (drawing !== this.shownDrawing) this.drawing.show(drawing);
    this.shownDrawing = drawing;
    if (diff !== this.shownDiff) this.showDiff(diff);
    this.shownDiff = diff;
    if (run.front !== this.shownFront) this.showFront(run);
    this.shownFront = run.front;
  }

  private showDiff(diff: readonly DiffLine[]): void {
    if (diff.length === 0 || diff.every((l) => l.kind === 'gap')) {
      this.diff.replaceChildren(el('p', {}, l10n.t('The file has this design.')));
      return;
    }
    const lines = diff.map(({ kind, text }) =>
      el(TAGS[kind], { class: `diff-line ${kind}` }, `${SIGNS[kind]} ${text}\n`),
    );
    this.diff.replaceChildren(el('pre', { class: 'diff', tabindex: '0', 'aria-label': l10n.t('Diff') }, ...lines));
  }

  private showFront(run: Run): void {
    this.front.hidden = run.front.length === 0;
    if (this.front.hidden) {
      replaceContent(this.front);
      return;
    }
    const costs = run.about.limits.map((l) => l.cost);
    const rows = run.front.map((design, index) => [
      String(index + 1),
      scoreOf(run, design.score),
      ...costs.map((cost) => amountText(run.about.units, cost, design.costs[cost] ?? 0)),
      this.applyButton(run, index),
    ]);
    const head = [l10n.t('Design'), l10n.t('Score'), ...costs, l10n.t('Action')];
    replaceContent(
      this.front,
      el('h2', { id: 'front-title' }, l10n.t('Pareto front')),
      table(l10n.t('Designs that nothing beats in both score and cost'), head, rows),
    );
  }

  private applyButton({ id }: Run, design: number): HTMLButtonElement {
    const name = l10n.t('Apply front design {0}', design + 1);
    const press = () => this.send({ type: 'apply', id, design });
    const made = button(`apply-${design}`, l10n.t('Apply'), press, name);
    made.classList.add('secondary');
    return made;
  }
}
