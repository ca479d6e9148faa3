import type { BlockTimes } from '../model/block-times.ts';
import type { Tables } from '../model/tables.ts';

/** What a bottleneck is worth but for its times: B ln b − β b − γ b² with β = linear + withInput · a + withOutput · o. */
export interface BottleneckForm {
  readonly log: number;
  readonly linear: number;
  readonly withInput: number;
  readonly withOutput: number;
  readonly square: number;
}

/** A group between two widths, and blocks behind its first. */
export interface Timed {
  readonly group: number;
  readonly variant: number;
  /** Of the tables. */
  readonly row: number;
  readonly a: number;
  readonly o: number;
  readonly more: number;
}

/** The bottleneck that is worth most, and what. */
export interface BestBottleneck {
  value: number;
  btn: number;
}

/** Which bottlenecks are looked at. */
export interface BottleneckRange {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  /** Only what is worth more matters. */
  readonly least: number;
  readonly sparse: boolean;
}

/** Worth by bottleneck in its steps, and what prunes it: the most of each sixteen, or of all that are as wide or wider. */
interface Curve {
  stamp: number;
  values: Float64Array;
  most: Float64Array;
}

/** Bottlenecks that are passed over together where none of them can be the best. */
const BLOCK = 16;

/**
 * The best bottleneck where milliseconds have a price. Those are no concave function of it, so that no stationary point tells; but
 * what it is worth is a sum of what it is with the input and with the output, each of which is computed once for a width, and
 * of which the most in sixteen widths tells whether any of them may be better than what is known.
 */
export class TimedBottlenecks {
  private readonly tables: Tables;
  /** Price of each time, in the order of the tables; none where no time has one. */
  private prices: Float64Array = NOTHING;
  /** Curves are those of one group at one set of prices, and their memory is used again. */
  private stamp = 0;
  private group = -1;
  /** By variant and input. */
  private readonly inputs: Curve[][] = [];
  /** By variant, depth, whether in = out, and output. */
  private readonly outputs: Curve[][] = [];
  private readonly best: BestBottleneck = { value: 0, btn: 0 };
  /** What was done, in choices that are priced where there are no times (proof/effort.ts). */
  spent = 0;

  constructor(tables: Tables) {
    this.tables = tables;
  }

  /** Whether any time has a price. */
  get priced(): boolean {
    return this.prices.length > 0;
  }

  /** @param prices of all additive costs */
  price(prices: ArrayLike<number>): void {
    const { timed } = this.tables;
    if (timed.length === 0) return;
    const own = Float64Array.from(timed, (c) => prices[c] ?? 0);
    this.prices = own.some((price) => price > 0) ? own : NOTHING;
    this.stamp += 1;
  }

  /** What the first block of a row loses by its times that the bottleneck has no part in. */
  firstOutside(row: number, a: number, o: number): number {
    let lost = 0;
    for (let i = 0; i < this.prices.length; i++) {
      const times = this.timesOf(row, i);
      lost += (this.prices[i] ?? 0) * (a === o ? times.same : times.differs).outside(a, o);
    }
    return lost;
  }

  /** The same of a later block. */
  laterOutside(row: number, o: number): number {
    let lost = 0;
    for (let i = 0; i < this.prices.length; i++)
      lost += (this.prices[i] ?? 0) * this.timesOf(row, i).later.outside(o, o);
    return lost;
  }

  /** What is lost by the times that a bottleneck has a part in. */
  lost(row: number, a: number, b: number, o: number, more: number): number {
    return (a === o ? 0 : this.lostWithInput(row, a, b)) + this.lostWithOutput(row, b, o, more, a === o);
  }

  /**
   * The bottleneck from `low` to `high` that is worth most, where that is more than `least`.
   *
   * @param sparse whether only some widths are looked at, for prices that are about right
   */
  bestOf(
    place: Timed,
    first: BottleneckForm,
    later: BottleneckForm,
    ln: Float64Array,
    { low, high, step, least, sparse }: BottleneckRange,
  ): BestBottleneck {
    const { best } = this;
    best.value = -Infinity;
    best.btn = low;
    const [from, to] = [Math.ceil(low / step), Math.floor(high / step)];
    if (sparse) {
      for (let i = from; i <= to; i += 1 + (i >> 2)) {
        const b = i * step;
        const { a, o, more, row } = place;
        this.spent += 4;
        const own = curveAt(first, ln, a, b, o) + more * curveAt(later, ln, o, b, o) - this.lost(row, a, b, o, more);
        if (own <= best.value) continue;
        best.value = own;
        best.btn = b;
      }
      return best;
    }
    if (place.group !== this.group) {
      this.group = place.group;
      this.stamp += 1;
    }
    const output = this.output(place, first, later, ln, step, to);
    if (place.a === place.o) this.greatest(output, NOTHING, NOTHING, from, to, step, least);
    else {
      const input = this.input(place, first, step, to);
      this.greatest(output, input.values, input.most, from, to, step, least);
    }
    return best;
  }

  private greatest(
    { values, most }: Curve,
    input: Float64Array,
    mostInput: Float64Array,
    from: number,
    to: number,
    step: number,
    least: number,
  ): void {
    const alone = input.length === 0;
    let value = least;
    let at = -1;
    for (let i = from; i <= to; ) {
      const end = Math.min(to + 1, i - (i % BLOCK) + BLOCK);
      const reach = (most[(i / BLOCK) | 0] ?? 0) + (alone ? 0 : (mostInput[i] ?? 0));
      this.spent += PASSED;
      if (reach > value) {
        this.spent += LOOKED;
        for (let j = i; j < end; j++) {
          const own = (values[j] ?? 0) + (alone ? 0 : (input[j] ?? 0));
          if (own > value) {
            value = own;
            at = j;
          }
        }
      }
      i = end;
    }
    if (at < 0) return;
    this.best.value = value;
    this.best.btn = at * step;
  }

  private input({ variant, row, a }: Timed, first: BottleneckForm, step: number, to: number): Curve {
    const curve = curveOf(this.inputs, variant, a);
    if (curve.stamp === this.stamp && curve.values.length > to) return curve;
    curve.stamp = this.stamp;
    // The next output reaches farther: all of it is computed anew as rarely as the room doubles.
    const room = Math.max(to + 1, 2 * curve.values.length);
    const { values, most } = curve.values.length > to ? curve : roomFor(curve, room, room + 1);
    const last = values.length - 1;
    this.spent += last;
    most[last + 1] = -Infinity;
    for (let i = last; i > 0; i--) {
      const b = i * step;
      const worth = -first.withInput * a * b - this.lostWithInput(row, a, b);
      values[i] = worth;
      most[i] = Math.max(worth, most[i + 1] ?? -Infinity);
    }
    return curve;
  }

  private output(
    { variant, row, a, o, more }: Timed,
    first: BottleneckForm,
    later: BottleneckForm,
    ln: Float64Array,
    step: number,
    to: number,
  ): Curve {
    const same = a === o;
    const curve = curveOf(this.outputs, (more * MOST_VARIANTS + variant) * 2 + (same ? 1 : 0), o);
    if (curve.stamp === this.stamp && curve.values.length > to) return curve;
    curve.stamp = this.stamp;
    const { values, most } = roomFor(curve, to + 1, ((to / BLOCK) | 0) + 1);
    most.fill(-Infinity);
    this.spent += 2 * values.length;
    for (let i = 1; i < values.length; i++) {
      const b = i * step;
      // The input's part is in its own curve.
      const worth =
        curveAt(first, ln, 0, b, o) + more * curveAt(later, ln, o, b, o) - this.lostWithOutput(row, b, o, more, same);
      const block = (i / BLOCK) | 0;
      values[i] = worth;
      if (worth > (most[block] ?? 0)) most[block] = worth;
    }
    return curve;
  }

  private lostWithInput(row: number, a: number, b: number): number {
    let lost = 0;
    for (let i = 0; i < this.prices.length; i++)
      lost += (this.prices[i] ?? 0) * this.timesOf(row, i).differs.withInput(a, b);
    return lost;
  }

  private lostWithOutput(row: number, b: number, o: number, more: number, same: boolean): number {
    let lost = 0;
    for (let i = 0; i < this.prices.length; i++) {
      const times = this.timesOf(row, i);
      const ms = (same ? times.same : times.differs).withOutput(b, o);
      lost += (this.prices[i] ?? 0) * (more === 0 ? ms : ms + more * times.later.withOutput(b, o));
    }
    return lost;
  }

  private timesOf(row: number, i: number): BlockTimes {
    const times = this.tables.times[row]?.[i];
    if (times === undefined) throw new Error('every row has the tables of every time');
    return times;
  }
}

const NOTHING = new Float64Array(0);
/** What passing over bottlenecks takes, and looking at them, in choices that are priced. */
const PASSED = 0.25;
const LOOKED = 1;
/** No group has so many block types and kernels. */
const MOST_VARIANTS = 1024;

/** B ln b − b (linear + withInput · a + withOutput · o + γ b) */
const curveAt = (f: BottleneckForm, ln: Float64Array, a: number, b: number, o: number): number =>
  f.log * (ln[b] ?? 0) - b * (f.linear + f.withInput * a + f.withOutput * o + f.square * b);

function curveOf(curves: Curve[][], key: number, width: number): Curve {
  const own = curves[key] ?? [];
  curves[key] = own;
  const curve = own[width] ?? { stamp: -1, values: NOTHING, most: NOTHING };
  own[width] = curve;
  return curve;
}

/** Makes room for so many values, and for what is the most of them. */
function roomFor(curve: Curve, values: number, most: number): Curve {
  if (curve.values.length < values) curve.values = new Float64Array(values);
  const wanted = Math.max(most, curve.values.length + 1);
  if (curve.most.length < wanted) curve.most = new Float64Array(wanted);
  return curve;
}
