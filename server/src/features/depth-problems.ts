import type { Budget } from '../cost/budget.ts';
import type { Design } from '../language/design.ts';
import type { Problem } from '../language/problem.ts';
import type { SearchSource } from '../language/read-search.ts';
import { budgetOf, startOf } from '../language/resolve.ts';
import type { SearchValues } from '../language/search-settings.ts';
import type { SnapshotBackbone } from './snapshot.ts';

/** The limit on layers of the paper's own searches, which is ResNet-50's depth with its shortcuts. */
const PAPER_LAYERS = 91;

/**
 * Whether depth alone can hold the score: every layer adds to it, however narrow, and layers of 8 channels cost next to
 * nothing. Only a limit on layers keeps a minimised cost from ending there.
 */
export const depthHoldsScore = ({ minimise }: Pick<SearchValues, 'minimise'>, budget: Budget | undefined): boolean =>
  minimise !== undefined && minimise !== 'layers' && budget?.limits.some((l) => l.cost === 'layers') !== true;

/** Why a limit on layers belongs to a search that minimises this cost. */
export const depthText = (minimise: string | undefined): string =>
  `Nothing limits the layers: very many very narrow ones hold any score at next to no ${minimise}.`;

/** A warning for each search that minimises a cost and may go as deep as it likes. */
export function depthProblems(design: Design, backbones: readonly SnapshotBackbone[]): Problem[] {
  const known = new Map(backbones.map((backbone) => [backbone.source, backbone]));
  return design.searches.flatMap((search, index): Problem[] => {
    const { values, places, complete } = search;
    const budget = budgetOf(search, design);
    const unread = budget === undefined ? search.within !== undefined : !budget.complete;
    if (!complete || unread || places.minimise === undefined || !depthHoldsScore(values, budget?.budget)) return [];
    const start = startOf(search, design);
    const choices = layerChoices(search, start && known.get(start));
    const message = `${depthText(values.minimise)} Write 'layers <= ${choices[0]}' in its budget.`;
    const data = { kind: 'limit-layers', search: index, choices } as const;
    return [{ code: 'unlimited-depth', severity: 'warning', message, span: places.minimise, data }];
  });
}

/**
 * As deep as the start, which then holds its own score; the paper's limit gives more room, and comes first where another
 * score is asked for, which the start may not reach.
 */
function layerChoices(search: SearchSource, start: SnapshotBackbone | undefined): number[] {
  const own = start?.analysis?.costs.layers ?? PAPER_LAYERS;
  const most = Math.max(own, PAPER_LAYERS);
  return [...new Set(search.values.score === undefined ? [own, most] : [most])];
}
