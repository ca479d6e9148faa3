import type { Certificate } from '../executor.ts';
import type { Goal, SearchTask } from '../task.ts';
import { COARSE, Dual } from './dual.ts';

/** Relative precision of the bound. */
const PRECISION = 1e-3;
/** Share of the score that rounding may take. */
const ROUNDING = 1e-9;
/** How often other prices are tried. */
const ROUNDS = 4;
/** Designs that are handed on. */
const KEPT = 8;

/** The peak that is minimised, and the score to hold. */
type Aim = Extract<Goal, { kind: 'minimise' }>;

/**
 * The least memory at a score to hold, from below. Under a cap on memory the dynamic programme bounds the score as it
 * does without, since the cap is one on each group alone; where the bound is less than the score to hold, every design
 * that holds it needs more memory. The largest such cap is found by bisection, whatever the prices of the other budgets
 * are: they are those that are best at the cap that was found with the prices before, beginning without any.
 */
export function certifyMemory(task: SearchTask, { cost, score }: Aim): Certificate | undefined {
  // Memory on the front is memory that is followed.
  const dual = new Dual({ ...task, goal: { kind: 'maximise' }, pareto: [cost] });
  const found: { readonly memory: number; readonly genes: Int32Array }[] = [];
  const least = score - ROUNDING * Math.abs(score);
  let prices: readonly number[] = dual.size.map(() => 0);
  const holdsOn =
    (grids: readonly Int32Array[]) =>
    (bytes: number): boolean => {
      dual.memoryCap = bytes;
      const { value } = dual.at(prices, grids);
      const { evaluator } = dual;
      if (value >= least && evaluator.score >= score)
        found.push({ memory: evaluator.memory, genes: evaluator.genes.slice() });
      return value >= least;
    };
  const coarse = holdsOn(dual.grids(COARSE));
  const full = holdsOn(dual.grids(Infinity));
  // Without a cap the prices would have to be those of another task; then no design may hold the score.
  if (!full(Infinity)) return undefined;
  let cap = { low: 0, high: dual.evaluator.memory };
  for (let round = 0; round < ROUNDS; round++) {
    cap = bisected(cap.low, cap.high, coarse);
    dual.memoryCap = cap.high;
    const before = prices;
    prices = dual.prices(dual.grids(COARSE));
    if (coarse(cap.high)) {
      prices = before;
      break;
    }
    cap = { low: cap.high, high: 2 * cap.high };
    while (!coarse(cap.high)) {
      // The budgets leave no design that holds the score, with however much memory.
      if (!coarse(Infinity)) return undefined;
      cap = { low: cap.high, high: 2 * cap.high };
    }
  }
  // Widths between those of the coarse grid need less, and rarely much less.
  let { low, high } = { low: cap.high, high: cap.high };
  for (let step = 0.01; low > 1 && full(low); step *= 2) [low, high] = [Math.max(1, low * (1 - step)), low];
  const { low: bound } = bisected(low, high, full);
  const designs = found.toSorted((a, b) => a.memory - b.memory).slice(0, KEPT);
  const genes = Int32Array.from(designs.flatMap((d) => [...d.genes]));
  return { bound, designs: genes, prices: Float64Array.from(prices) };
}

/** Narrows an interval at whose upper end something holds, and at whose lower end it does not. */
function bisected(low: number, high: number, holds: (value: number) => boolean): { low: number; high: number } {
  let [below, above] = [low, high];
  while (above - below > PRECISION * above) {
    const middle = (below + above) / 2;
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return { low: below, high: above };
}
