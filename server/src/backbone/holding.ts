import { elements, type Shape } from '../graph/shapes.ts';

/** Which tensors wait for whom while the sections of a graph run. */
export class Holding {
  private readonly reads: readonly (readonly number[])[];
  private readonly place: readonly number[];
  /** The place in the order of the last section that reads each. */
  private readonly lastRead: readonly number[];

  /** @param reads what each section reads, −1 for the image */
  constructor(reads: readonly (readonly number[])[], order: readonly number[]) {
    this.reads = reads;
    const place = new Array<number>(reads.length).fill(0);
    for (const [at, index] of order.entries()) place[index] = at;
    const lastRead = new Array<number>(reads.length).fill(-1);
    for (const [index, own] of reads.entries())
      for (const read of own) if (read >= 0) lastRead[read] = Math.max(lastRead[read] ?? -1, place[index] ?? 0);
    this.place = place;
    this.lastRead = lastRead;
  }

  /** For each tensor that a section reads, whether a later one reads it too. */
  keeps(index: number): readonly boolean[] {
    const now = this.place[index] ?? 0;
    return (this.reads[index] ?? []).map((read) => (this.lastRead[read] ?? -1) > now);
  }

  /** The tensors that wait for later sections while this one runs, which does not read them. */
  waiting(index: number): readonly number[] {
    const own = new Set(this.reads[index]);
    return [...this.place.keys()].filter((other) => this.waits(other, index, own));
  }

  /** Their elements. */
  elements(index: number, shapes: readonly Shape[]): number {
    const own = new Set(this.reads[index]);
    return shapes.reduce((sum, shape, other) => (this.waits(other, index, own) ? sum + elements(shape) : sum), 0);
  }

  private waits(other: number, index: number, own: ReadonlySet<number>): boolean {
    const now = this.place[index] ?? 0;
    return (this.place[other] ?? 0) < now && !own.has(other) && (this.lastRead[other] ?? -1) > now;
  }
}
