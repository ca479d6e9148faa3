import type { Dual, Lagrangian } from '../bound/dual.ts';
import { BTN, DEPTH, GENES, OUT, VARIANT } from '../model/genome.ts';
import type { SpatialTree } from '../model/spatial.ts';
import { type Choice, Choices } from './choices.ts';
import { undominated } from './dominance.ts';
import { type Effort, LABEL } from './effort.ts';
import { LabelSet } from './label-set.ts';
import type { Part } from './part.ts';
import type { Programme } from './programme.ts';

/** Every design of the part that is worth more than was asked for was looked at, and this is the best; or too many were left. */
export type Labelled =
  | { readonly kind: 'searched'; readonly best: { readonly genes: Int32Array; readonly worth: number } | undefined }
  | { readonly kind: 'too-many' };

export interface Labelling {
  readonly dual: Dual;
  /** Solved and completed on the part at these prices. */
  readonly programme: Programme;
  readonly lagrangian: Lagrangian;
  readonly part: Part;
  /** The tree of the exact estimator's windows, where that is what scores. */
  readonly tree: SpatialTree | undefined;
  /** Only designs that are worth more are looked for. */
  readonly least: number;
  /** Labels that may be made at one level. */
  readonly most: number;
  readonly effort: Effort;
}

/**
 * All designs of a part that are worth more than `least` and within the budget, by label setting: a label is a way from
 * the input to a width after some group. It goes on only while what it is worth, with the best that can follow by the
 * programme, is more than `least`; and of two labels at one width the one that has no more score and no less of any cost
 * goes. Memory is a maximum over groups, so that a cap on it rules out choices and is nothing that a label has to carry.
 */
export function labelled(task: Labelling): Labelled {
  const { dual, programme, lagrangian, part } = task;
  const { model } = dual;
  const choices = new Choices(programme, dual.evaluator, lagrangian, part);
  const weighed = model.additive.flatMap((_, c) =>
    (model.limits[c] ?? Infinity) < Infinity || c === dual.minimised ? [c] : [],
  );
  let level = new LabelSet(model.additive.length, 1);
  level.add();
  level.score[0] = programme.groups.tables.constant;
  level.worth[0] = lagrangian.weight * programme.groups.tables.constant;
  const levels = [level];
  for (let g = 0; g < model.slots.length; g++) {
    const next = followed(task, choices, level, g);
    if (next === undefined) return { kind: 'too-many' };
    level = undominated(next, weighed);
    levels.push(level);
  }
  return { kind: 'searched', best: bestOf(task, levels) };
}

/** The labels of the next level; undefined where there are too many. */
function followed(task: Labelling, choices: Choices, level: LabelSet, g: number): LabelSet | undefined {
  const { programme, least, effort } = task;
  const next = new LabelSet(level.costCount);
  const before = choices.spent;
  let fits = true;
  for (let from = 0; from < level.size && fits; ) {
    const node = level.node[from] ?? 0;
    let to = from;
    let top = -Infinity;
    for (; to < level.size && level.node[to] === node; to++) top = Math.max(top, level.worth[to] ?? -Infinity);
    const rest = programme.rest(g, node);
    if (top + rest > least) {
      const known = choices.behind(g, node, top + rest - least, task.most);
      fits = known !== undefined;
      for (let x = from; x < to && fits; x++) fits = goOn(task, level, x, g, known ?? [], next, rest);
    }
    from = to;
  }
  effort.spend(choices.spent - before + LABEL * next.size);
  return fits ? next : undefined;
}

/** Adds what follows on one label; false where there are too many. */
function goOn(
  { dual, lagrangian, programme, tree, least, most }: Labelling,
  level: LabelSet,
  x: number,
  g: number,
  known: readonly Choice[],
  next: LabelSet,
  rest: number,
): boolean {
  const n = level.costCount;
  const { limits } = dual.model;
  const worth = level.worth[x] ?? 0;
  const slack = worth + rest - least;
  choices: for (const choice of known) {
    if (choice.loss >= slack) break;
    for (let c = 0; c < n; c++)
      if ((level.costs[x * n + c] ?? 0) + (choice.costs[c] ?? 0) > (limits[c] ?? 0)) continue choices;
    let [windows, history, lost] = [0, 0, 0];
    if (tree !== undefined) {
      history = tree.step(level.history[x] ?? 0, g, choice.variant, choice.depth);
      if (history < 0) return false;
      windows = tree.worth(history, g);
      lost = lagrangian.weight * (programme.windowsOf(g, choice.variant, choice.depth) - windows);
      if (choice.loss + lost >= slack) continue;
    }
    if (next.size >= most) return false;
    const label = next.add();
    next.score[label] = (level.score[x] ?? 0) + choice.score + windows;
    next.worth[label] = worth + choice.worth - lost;
    for (let c = 0; c < n; c++) next.costs[label * n + c] = (level.costs[x * n + c] ?? 0) + (choice.costs[c] ?? 0);
    next.parent[label] = x;
    next.node[label] = choice.node;
    next.history[label] = history;
    next.genes[label * GENES + OUT] = choice.out;
    next.genes[label * GENES + BTN] = choice.btn;
    next.genes[label * GENES + VARIANT] = choice.variant;
    next.genes[label * GENES + DEPTH] = choice.depth;
  }
  return true;
}

function bestOf({ dual, least }: Labelling, levels: readonly LabelSet[]) {
  const last = levels.at(-1);
  if (last === undefined) return undefined;
  const n = last.costCount;
  let best: { at: number; worth: number } | undefined;
  for (let at = 0; at < last.size; at++) {
    const totals = { score: last.score[at] ?? 0, costs: last.costs.subarray(at * n, (at + 1) * n) };
    const worth = dual.worthOf(totals);
    if (worth > (best?.worth ?? least) && dual.within(totals)) best = { at, worth };
  }
  return best === undefined ? undefined : { genes: genesOf(levels, best.at), worth: best.worth };
}

function genesOf(levels: readonly LabelSet[], last: number): Int32Array {
  const genes = new Int32Array(GENES * (levels.length - 1));
  let at = last;
  levels.toReversed().forEach((level, back) => {
    const g = levels.length - 2 - back;
    if (g < 0) return;
    genes.set(level.genes.subarray(at * GENES, (at + 1) * GENES), GENES * g);
    at = level.parent[at] ?? 0;
  });
  return genes;
}
