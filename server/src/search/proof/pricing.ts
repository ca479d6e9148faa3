import type { Dual } from '../bound/dual.ts';
import type { Windows } from '../bound/priced-groups.ts';
import { isExact } from '../bound/relaxation.ts';
import type { SpatialTree } from '../model/spatial.ts';
import type { Effort } from './effort.ts';
import { type Part, priceOf, thinned, tried } from './part.ts';
import type { Programme } from './programme.ts';
import { PartWindows } from './windows.ts';

/** Widths of each group on which prices are looked for. */
const THIN = 16;
/** Steps towards better prices. */
const STEPS = 150;
/** Designs near the best prices that tell where to divide a part. */
const TELLING = 8;
/** By the exact estimator a part whose programme with every depth is larger than this is bounded as by fan-in. */
const ALL_DEPTHS = 3e6;
/** Prices below this share of the highest that could be are tried as none. */
const NO_PRICE = 1e-4;

/** Prices of a part. */
export interface Prices {
  readonly prices: readonly number[];
  /** About what the bound of the part is at them; no bound itself, since not all widths were looked at. */
  readonly rough: number;
  /** Designs that were best near them. */
  readonly telling: readonly Int32Array[];
}

/** Whether prices are looked for on every width of a part. */
export const isThin = ({ outs }: Part): boolean => outs.every(({ length }) => length <= THIN);

/** Finds the prices of parts. */
export class Pricing {
  /** What windows give at most, whatever the part, where the estimator is the exact one. */
  readonly roughly: Windows | undefined;
  readonly tree: SpatialTree | undefined;
  private readonly dual: Dual;
  private readonly programme: Programme;
  private readonly effort: Effort;
  private readonly windows: PartWindows | undefined;

  constructor(dual: Dual, programme: Programme, effort: Effort) {
    this.dual = dual;
    this.programme = programme;
    this.effort = effort;
    this.windows = isExact(dual.model) ? new PartWindows(dual.model) : undefined;
    this.roughly = this.windows?.full;
    this.tree = this.windows?.tree;
  }

  /** What the windows of a part can give; of a large one roughly, since all depths have to be tried where it is exact. */
  windowsOf(part: Part): Windows | undefined {
    const { windows, dual } = this;
    if (windows === undefined) return undefined;
    if (priceOf(dual.model, part, part) > ALL_DEPTHS) return windows.full;
    const found = windows.of(part);
    this.effort.spend(found.looked);
    return found.windows;
  }

  /** The prices at which the bound of a part is least, on few of its widths; `near` are about right. */
  pricesOf(part: Part, windows: Windows | undefined, near: readonly number[]): Prices {
    const { programme, dual } = this;
    const grid = thinned(part, THIN);
    const steps = Math.min(STEPS, Math.floor(this.effort.left / priceOf(dual.model, grid, tried(grid, windows))));
    const { evaluator } = dual;
    const met: { readonly value: number; readonly genes: Int32Array }[] = [];
    const at = (y: readonly number[]) => {
      const value = programme.solve(dual.lagrangian(y), grid, windows, true);
      if (value === -Infinity) return { value, gradient: y.map(() => 0) };
      const { genes } = programme;
      met.push({ value, genes });
      evaluator.load(0, genes);
      return { value, gradient: dual.gradient(evaluator) };
    };
    const found = dual.refine(at, near, steps);
    // A budget that is not the limit has no price at all, and the steps only come near that.
    const plain = found.y.map((price, i) => (price < NO_PRICE * (dual.size[i] ?? 0) ? 0 : price));
    const { value: free } = at(plain);
    const { y, value } = free <= found.value ? { y: plain, value: free } : found;
    met.sort((a, b) => a.value - b.value);
    return {
      prices: met.length > 0 ? y : near,
      rough: value,
      telling: met.slice(0, TELLING).map(({ genes }) => genes),
    };
  }
}
