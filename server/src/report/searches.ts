import { percent } from '../../../common/numbers.ts';
import { costText } from '../features/cost-text.ts';
import { taskScoreName } from '../features/search-report.ts';
import { type ReadySearch, resolveRunnable } from '../features/search-targets.ts';
import type { Snapshot } from '../features/snapshot.ts';
import { html, type Markup, type Piece } from './html.ts';
import { left, paragraph, right, section, tableBox } from './parts.ts';

/** The search blocks of a file: where each starts, what it holds, and how it looks. Nothing where there is none. */
export function searches(id: string, title: string, snapshot: Snapshot, worth: readonly string[]): Markup {
  const all = snapshot.design.searches;
  if (all.length === 0) return html``;
  const rows = all.map((source, index): Piece[] => {
    const resolved = resolveRunnable(snapshot, { kind: 'search', id: String(index) }, [], 'shrink');
    const name = source.name ?? `search ${index + 1}`;
    return resolved.ok ? ready(name, resolved.search) : [name, html`<span class="said">${resolved.message}</span>`];
  });
  const columns = [left('search'), left('from'), left('within'), left('aim'), left('space'), right('evaluations')];
  return section(
    id,
    title,
    tableBox('The searches', [...columns, right('seed'), left('looks by')], rows),
    ...worth.map((sentence) => paragraph(sentence, '.')),
  );
}

function ready(name: string, { start, detector, budget, space, values }: ReadySearch): Piece[] {
  const limits = budget.limits.map(({ cost, amount }) => costText(cost, amount));
  return [
    name,
    detector?.source.name ?? start.name,
    limits.length === 0 ? 'no budget' : `${budget.name}: ${limits.join(', ')}`,
    aim(values),
    space.name,
    values.evaluations.toLocaleString('en-US'),
    String(values.seed),
    html`<span class="said">${values.algorithm}, ${values.estimator}, ${percent(values['coarse-to-fine'])} coarse, population ${values.population}</span>`,
  ];
}

function aim({ minimise, score, objective }: ReadySearch['values']): string {
  const name = taskScoreName({ objective });
  if (minimise === undefined) return `the highest ${name}`;
  return `the least ${minimise} at ${score === undefined ? 'the start’s score' : `${name} ≥ ${score}`}`;
}
