import { roundToGrid } from '../../space/grid.ts';
import { DEPTH_STEPS, EXPANSION_RATIOS, scaleWidth, WIDTH_FACTORS } from '../../space/moves.ts';
import type { Evaluator } from '../model/evaluator.ts';
import { BTN, DEPTH, GENES, OUT, VARIANT } from '../model/genome.ts';
import type { Random } from '../random.ts';
import { moveTables, UNMOVED } from './move-tables.ts';
import { type TiedWidths, tiedWidths } from './tied-widths.ts';

/** What a move that leaves the space becomes: nothing, as in the paper, or the nearest move that stays inside. */
export type Outside = 'drop' | 'clamp';

/** Grid steps of the smallest width changes: ±1 … ±4, of the presets ±8 … ±32. */
const FINEST = 4;

/** The nearest multiple of a step that is no less, and that is no more. Most steps are powers of two. */
const upTo = (value: number, step: number): number =>
  (step & (step - 1)) === 0 ? (Math.ceil(value) + step - 1) & -step : step * Math.ceil(value / step);
const downTo = (value: number, step: number): number =>
  (step & (step - 1)) === 0 ? Math.floor(value) & -step : step * Math.floor(value / step);

/**
 * Changes genes of one row in place: the moves of space/moves.ts on whole numbers, under the constraints of
 * space/constraints.ts, which are monotone, so that each gene has one allowed interval. The groups whose terms a
 * change makes stale are gathered until `refresh`.
 */
export class Mutator {
  readonly evaluator: Evaluator;
  private readonly random: Random;
  private readonly outside: Outside;
  private readonly coarse: readonly Int32Array[];
  private readonly fine: readonly Int32Array[];
  private readonly stale: Int32Array;
  private staleCount = 0;
  private readonly isStale: Uint8Array;
  /** Groups changed since the last `begin`. */
  private readonly changed: Int32Array;
  private changedCount = 0;
  private readonly isChanged: Uint8Array;
  private readonly variants: Int32Array;
  private readonly inverted: Uint8Array;
  private readonly fixedBtn: Uint8Array;
  private readonly stem: Uint8Array;
  private readonly leastOut: Int32Array;
  private readonly mostOut: Int32Array;
  private readonly stepOut: Int32Array;
  private readonly leastBtn: Int32Array;
  private readonly mostBtn: Int32Array;
  private readonly stepBtn: Int32Array;
  private readonly leastDepth: Int32Array;
  private readonly mostDepth: Int32Array;
  private readonly lastReader: Int32Array;
  private readonly next: Int32Array;
  private readonly growth: number;
  private readonly monotone: boolean;
  private readonly scaled: Int32Array;
  private readonly scaledCount: number;
  private readonly usualStep: number;
  private readonly oneGrid: boolean;
  private readonly leastInput: Int32Array;
  private readonly leastInside: Int32Array;
  private readonly expansion: Float64Array;
  private readonly rowOf: Int32Array;
  /** In a graph several groups may have one width. */
  private readonly tied: TiedWidths | undefined;

  constructor(evaluator: Evaluator, random: Random, outside: Outside) {
    const { slots, space } = evaluator.model;
    const tables = moveTables(evaluator.model);
    this.evaluator = evaluator;
    this.random = random;
    this.outside = outside;
    this.stale = new Int32Array(slots.length);
    this.isStale = new Uint8Array(slots.length);
    this.changed = new Int32Array(slots.length);
    this.isChanged = new Uint8Array(slots.length);
    // The inner loop reads each table as a field of its own.
    this.coarse = tables.coarse;
    this.fine = tables.fine;
    this.variants = tables.variants;
    this.inverted = tables.inverted;
    this.fixedBtn = tables.fixedBtn;
    this.stem = tables.stem;
    this.leastOut = tables.leastOut;
    this.mostOut = tables.mostOut;
    this.stepOut = tables.stepOut;
    this.leastBtn = tables.leastBtn;
    this.mostBtn = tables.mostBtn;
    this.stepBtn = tables.stepBtn;
    this.leastDepth = tables.leastDepth;
    this.mostDepth = tables.mostDepth;
    this.lastReader = tables.lastReader;
    this.next = tables.next;
    this.growth = space.growth;
    this.scaled = tables.scaled;
    this.scaledCount = tables.scaledCount;
    this.usualStep = tables.usualStep;
    this.oneGrid = tables.oneGrid;
    this.leastInput = tables.leastInput;
    this.leastInside = tables.leastInside;
    this.monotone = space.monotone;
    this.expansion = tables.expansion;
    this.rowOf = tables.rowOf;
    this.tied = evaluator.model.kind === 'graph' ? tiedWidths(evaluator.model) : undefined;
  }

  /** Whether anything can change in a phase at all. */
  canChange(phase: 'coarse' | 'fine'): boolean {
    return (phase === 'coarse' ? this.coarse : this.fine).length > 0;
  }

  /** One random move of one random group; false when it changes nothing. `finest`: share of widths moved by a few steps of the grid. */
  mutate(row: number, phase: 'coarse' | 'fine', finest: number): boolean {
    const { random } = this;
    const groups = phase === 'coarse' ? this.coarse : this.fine;
    const genes = groups[random.below(groups.length)];
    const place = genes?.[random.below(genes.length)] ?? 0;
    const g = place >> 2;
    switch (place & 3) {
      case OUT:
        return this.setOut(row, g, this.movedWidth(this.geneOf(row, place), finest, this.stepOut[g] ?? 1));
      case BTN: {
        const fine = finest > 0 && random.unit() < finest;
        const step = this.stepBtn[g] ?? 1;
        if (this.inverted[g] === 1 && !fine) {
          const ratio = EXPANSION_RATIOS[random.below(EXPANSION_RATIOS.length)] ?? 1;
          return this.setBtn(row, g, scaleWidth(this.geneOf(row, GENES * g), ratio, step));
        }
        const btn = this.geneOf(row, place);
        return this.setBtn(row, g, fine ? this.stepped(btn, step) : this.factored(btn, step));
      }
      case VARIANT:
        return this.setVariant(row, g, random.below(this.variants[g] ?? 1));
      default:
        return this.setDepth(row, g, this.geneOf(row, place) + (DEPTH_STEPS[random.below(DEPTH_STEPS.length)] ?? 0));
    }
  }

  /** From here on the changes of a row that is a copy of another are noted, so that `undo` can take them back. */
  begin(): void {
    for (let i = 0; i < this.changedCount; i++) this.isChanged[this.changed[i] ?? 0] = 0;
    this.changedCount = 0;
  }

  /** Makes a row again the copy that it was at `begin`. */
  undo(original: number, row: number): void {
    for (let i = 0; i < this.changedCount; i++) this.evaluator.copyGroup(original, row, this.changed[i] ?? 0);
    this.begin();
  }

  /** Computes what the changes made stale, and the totals. */
  refresh(row: number): void {
    for (let i = 0; i < this.staleCount; i++) {
      const g = this.stale[i] ?? 0;
      this.isStale[g] = 0;
      this.evaluator.refreshGroup(row, g);
    }
    this.staleCount = 0;
    this.evaluator.total(row);
  }

  geneOf(row: number, place: number): number {
    return this.evaluator.genes[row * this.evaluator.width + place] ?? 0;
  }

  /** How far apart two values of a gene are. */
  stepOf(place: number): number {
    const gene = place & 3;
    return gene === OUT ? (this.stepOut[place >> 2] ?? 1) : gene === BTN ? (this.stepBtn[place >> 2] ?? 1) : 1;
  }

  /** A random width gene of the fine phase, as group · 4 + gene; −1 where no width may change. */
  randomWidth(): number {
    if (this.fine.length === 0) return -1;
    const genes = this.fine[this.random.below(this.fine.length)];
    return genes?.[this.random.below(genes.length)] ?? 0;
  }

  /** A random group that may be shorter, as group · 4 + gene; −1 when the tries found none. */
  randomDeep(row: number): number {
    for (let i = 0; i < 8; i++) {
      const g = this.random.below(this.next.length);
      const place = GENES * g + DEPTH;
      if (this.mostDepth[g] !== UNMOVED && this.geneOf(row, place) > (this.leastDepth[g] ?? 1)) return place;
    }
    return -1;
  }

  setGene(row: number, place: number, value: number): boolean {
    const g = place >> 2;
    switch (place & 3) {
      case OUT:
        return this.setOut(row, g, value);
      case BTN:
        return this.setBtn(row, g, value);
      case VARIANT:
        return this.setVariant(row, g, value);
      default:
        return this.setDepth(row, g, value);
    }
  }

  setOut(row: number, g: number, value: number): boolean {
    if (this.tied !== undefined) return this.setTied(row, g, value, this.tied);
    const { genes, width } = this.evaluator;
    const at = row * width + GENES * g;
    const before = genes[at] ?? 0;
    const low = this.lowestOut(row, g);
    const high = this.highestOut(row, g);
    if (low > high) return false;
    const out = value < low ? low : Math.min(value, high);
    if (out === before || (out !== value && this.outside === 'drop')) return false;
    const btn = genes[at + BTN] ?? 0;
    genes[at] = out;
    if (btn > 0) {
      const kept = this.inverted[g] === 1 ? this.keptBtn(row, g, before) : btn;
      const legal = this.legalBtn(row, g, kept);
      if (legal !== kept && (legal < 0 || this.outside === 'drop' || this.fixedBtn[g] === 1)) {
        genes[at] = before;
        return false;
      }
      genes[at + BTN] = legal;
    }
    // Max-pools on the way to the next group with channels of its own read them too.
    const last = this.lastReader[g] ?? g;
    for (let r = g; r <= last; r++) this.touch(r);
    return true;
  }

  setBtn(row: number, g: number, value: number): boolean {
    const at = row * this.evaluator.width + GENES * g + BTN;
    const btn = this.legalBtn(row, g, value);
    if (btn < 0 || btn === this.evaluator.genes[at] || (btn !== value && this.outside === 'drop')) return false;
    this.evaluator.genes[at] = btn;
    this.touch(g);
    if (this.tied !== undefined) this.touchAll(this.tied.reachedInside[g]);
    return true;
  }

  setVariant(row: number, g: number, value: number): boolean {
    const { genes, width } = this.evaluator;
    const at = row * width + GENES * g;
    const before = genes[at + VARIANT] ?? 0;
    if (before === value) return false;
    genes[at + VARIANT] = value;
    const btn = genes[at + BTN] ?? 0;
    const legal = btn > 0 && this.fixedBtn[g] === 0 ? this.legalBtn(row, g, btn) : btn;
    if (legal < 0) {
      genes[at + VARIANT] = before;
      return false;
    }
    genes[at + BTN] = legal;
    this.touch(g);
    if (this.tied !== undefined) this.touchAll(this.tied.reachedInside[g]);
    return true;
  }

  setDepth(row: number, g: number, value: number): boolean {
    const at = row * this.evaluator.width + GENES * g + DEPTH;
    const [least, most] = [this.leastDepth[g] ?? 1, this.mostDepth[g] ?? 1];
    const depth = value < least ? least : Math.min(value, most);
    if (depth === this.evaluator.genes[at] || (depth !== value && value > most && this.outside === 'drop'))
      return false;
    this.evaluator.genes[at] = depth;
    this.touch(g);
    return true;
  }

  /** The output of all groups that are tied to this one. */
  private setTied(row: number, g: number, value: number, tied: TiedWidths): boolean {
    const { genes, width } = this.evaluator;
    const first = row * width;
    const before = genes[first + GENES * g] ?? 0;
    tied.interval(genes, first, g);
    const { low, high } = tied;
    if (low > high) return false;
    const out = value < low ? low : Math.min(value, high);
    if (out === before || (out !== value && this.outside === 'drop')) return false;
    const members = tied.membersOf(g);
    for (const m of members) genes[first + GENES * m] = out;
    if (!members.every((m) => this.fitsBtn(row, m, before))) {
      for (const m of members) genes[first + GENES * m] = before;
      return false;
    }
    for (const m of members) {
      const btn = genes[first + GENES * m + BTN] ?? 0;
      if (btn > 0) genes[first + GENES * m + BTN] = this.legalBtn(row, m, this.keptBtn(row, m, before));
      this.touch(m);
      this.touchAll(tied.reached[m]);
    }
    return true;
  }

  /** The bottleneck that goes with an output that was another before: an inverted block keeps its ratio. */
  private keptBtn(row: number, g: number, before: number): number {
    const btn = this.geneOf(row, GENES * g + BTN);
    const follows = this.inverted[g] === 1 && this.fixedBtn[g] === 0;
    return follows ? roundToGrid(btn * this.geneOf(row, GENES * g), before, this.stepBtn[g]) : btn;
  }

  private fitsBtn(row: number, g: number, before: number): boolean {
    if (this.geneOf(row, GENES * g + BTN) === 0) return true;
    const kept = this.keptBtn(row, g, before);
    const legal = this.legalBtn(row, g, kept);
    return legal === kept || (legal > 0 && this.outside === 'clamp' && this.fixedBtn[g] === 0);
  }

  private touchAll(groups: Int32Array | undefined): void {
    if (groups === undefined) return;
    for (let i = 0; i < groups.length; i++) this.touch(groups[i] ?? 0);
  }

  private touch(g: number): void {
    if (this.isStale[g] === 1) return;
    this.isStale[g] = 1;
    this.stale[this.staleCount++] = g;
    if (this.isChanged[g] === 1) return;
    this.isChanged[g] = 1;
    this.changed[this.changedCount++] = g;
  }

  private movedWidth(width: number, finest: number, step: number): number {
    return finest > 0 && this.random.unit() < finest ? this.stepped(width, step) : this.factored(width, step);
  }

  private factored(width: number, step: number): number {
    const factor = this.random.below(WIDTH_FACTORS.length);
    // One grid is the rule; its products are looked up.
    if (step !== this.usualStep) return scaleWidth(width, WIDTH_FACTORS[factor] ?? 1, step);
    return this.scaled[factor * this.scaledCount + width / step] ?? width;
  }

  private stepped(width: number, step: number): number {
    const n = this.random.below(2 * FINEST) - FINEST;
    return width + step * (n < 0 ? n : n + 1);
  }

  private lowestOut(row: number, g: number): number {
    let low = this.leastOut[g] ?? 1;
    if (this.stem[g] === 0 && this.monotone) low = Math.max(low, this.evaluator.inputOf(row, g));
    const next = this.next[g] ?? -1;
    if (next >= 0) low = Math.max(low, this.leastInput[this.geneOf(row, GENES * next)] ?? 0);
    return this.oneGrid ? low : upTo(low, this.stepOut[g] ?? 1);
  }

  private highestOut(row: number, g: number): number {
    let high = this.mostOut[g] ?? 0;
    if (this.stem[g] === 0) {
      const most = this.growth * this.evaluator.inputOf(row, g);
      if (most < high) high = downTo(most, this.stepOut[g] ?? 1);
    }
    const next = this.next[g] ?? -1;
    if (next >= 0 && this.monotone) high = Math.min(high, this.geneOf(row, GENES * next));
    return this.oneGrid ? high : downTo(high, this.stepOut[g] ?? 1);
  }

  /** The bottleneck nearest to one that a group may have; −1 where it may have none. */
  private legalBtn(row: number, g: number, btn: number): number {
    const at = row * this.evaluator.width + GENES * g;
    const out = this.evaluator.genes[at] ?? 0;
    const variant = this.evaluator.genes[at + VARIANT] ?? 0;
    let low = Math.max(this.leastBtn[g] ?? 1, this.leastInside[out] ?? 0);
    const most = (this.expansion[(this.rowOf[g] ?? 0) + variant] ?? 1) * out;
    let high = Math.min(this.mostBtn[g] ?? 0, most);
    if (!this.oneGrid) {
      const step = this.stepBtn[g] ?? 1;
      low = upTo(low, step);
      high = downTo(high, step);
    }
    return low > high ? -1 : btn < low ? low : Math.min(btn, high);
  }
}
