import { scoreAmount } from '../../../common/numbers.ts';
import { spread } from '../../../common/spread.ts';
import type { BackboneAnalysis } from '../analysis/analyse.ts';
import { scoreOf } from '../analysis/score-of.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import type { Scoring } from '../entropy/objectives/definition.ts';
import { amountText, costText } from '../features/cost-text.ts';
import { deviceCosts } from '../features/device-costs.ts';
import { DEFAULT_OPTIONS } from '../features/options.ts';
import { scoreHead, scoreName } from '../features/score-text.ts';
import { scoringOf } from '../features/scoring-of.ts';
import type { Snapshot } from '../features/snapshot.ts';
import { nonDominated } from '../search/evolve/front.ts';
import { drawn, html, type Markup } from './html.ts';
import { cost, left, note, paragraph, right, score, section, tableBox } from './parts.ts';
import { key } from './pictures.ts';
import { type Point, plotted } from './plot.ts';

/** A front as `mae search --front` writes it. */
export interface ReportedFront {
  readonly path: string;
  readonly snapshot: Snapshot;
}

/** Against what a front is plotted, where no device is named. */
const PLOTTED: readonly CostName[] = ['macs', 'params'];

/** More rows than this nobody reads. */
const MOST_ROWS = 60;

interface OnFront {
  readonly name: string;
  readonly analysis: BackboneAnalysis;
  readonly value: number;
}

/** Whether a front has anything to show. */
export const frontDesigns = ({ backbones }: Snapshot): BackboneAnalysis[] =>
  backbones.flatMap(({ analysis, fresh }) => (analysis === undefined || !fresh ? [] : [analysis]));

/**
 * A Pareto front as plots and a table.
 *
 * @param of the text that was searched: its first search says what is scored, and it names devices
 */
export function frontSection(id: string, { path, snapshot }: ReportedFront, of: Snapshot): Markup {
  const scoring = scoringOf({ searches: of.design.searches }, DEFAULT_OPTIONS);
  const costs = [...PLOTTED, ...deviceCosts(of.design)];
  const designs = frontDesigns(snapshot).map((analysis): OnFront => {
    return { name: analysis.backbone.name, analysis, value: scoreOf(analysis, scoring) };
  });
  const best = new Map(costs.map((name) => [name, undominated(designs, name)]));
  const listed =
    designs.length <= MOST_ROWS ? designs : designs.filter((design) => best.get(costs[0] ?? '')?.has(design));
  // By their scores, from end to end.
  const shown = spread(
    listed.toSorted((a, b) => a.value - b.value),
    MOST_ROWS,
  );
  return section(
    id,
    'Pareto front',
    paragraph(
      `${designs.length} designs of ${path}, none of which another one beats in all that the search weighed. `,
      'In each plot a line goes through those that no other beats in the score and that one cost.',
    ),
    key([
      ['dot', 'not beaten in the score and this cost'],
      ['pale', 'worth having for another cost'],
    ]),
    html`<div class="plots">${costs.map((name) => html`<figure>${plotOf(name, designs, best.get(name), scoring)}</figure>\n`)}</div>\n`,
    tableOf(shown, [...costs, 'layers', 'memory'], scoring),
    shown.length < designs.length
      ? note(
          `The table has ${shown.length} of them, from one end of the line against ${costs[0]} to the other; ${path} has all.`,
        )
      : undefined,
  );
}

/** Those that no other beats in score and cost together, the cheapest first. */
function undominated(designs: readonly OnFront[], name: CostName): ReadonlySet<OnFront> {
  const weighed = designs.map((design) => ({ design, score: design.value, costs: [costIn(design, name)] }));
  return new Set(
    nonDominated(weighed)
      .map(({ design }) => design)
      .reverse(),
  );
}

const costIn = ({ analysis }: OnFront, name: CostName): number => costOf(analysis.costs, name);

function plotOf(
  name: CostName,
  designs: readonly OnFront[],
  best: ReadonlySet<OnFront> | undefined,
  scoring: Scoring,
): Markup {
  const { objective } = scoring;
  const words = (design: OnFront): string =>
    `${design.name}: ${scoreName(objective)} ${scoreAmount(design.value, objective.unit)} at ${costText(name, costIn(design, name))}`;
  const points = designs.map((design): Point => {
    return { x: costIn(design, name), y: design.value, title: words(design), best: best?.has(design) === true };
  });
  const ends = [...(best ?? [])];
  const told = [ends[0], ends.at(-1)].flatMap((end) => (end === undefined ? [] : [words(end)]));
  return drawn(
    plotted({
      label: `Score against ${name}, from ${told.join(' to ')}`,
      x: { title: name, text: (value) => amountText(name, value, 3) },
      y: { title: scoreHead(scoring), text: (value) => String(Number(value.toPrecision(6))) },
      points,
    }),
  );
}

const tableOf = (designs: readonly OnFront[], costs: readonly CostName[], scoring: Scoring): Markup =>
  tableBox(
    'The designs of the front',
    [left('design'), right(scoreHead(scoring)), ...costs.map(right)],
    designs.map(({ name, analysis, value }) => [
      name,
      score(value, scoring.objective.unit),
      ...costs.map((each) => cost(analysis.costs, each)),
    ]),
  );
