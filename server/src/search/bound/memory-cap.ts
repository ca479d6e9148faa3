import { MEMORY_STRIDE, type Tables } from '../model/tables.ts';

/**
 * What a cap on memory leaves of each group's choices. Memory is a maximum over layers, so that a design is within the
 * cap when each of its groups is: what a single group cannot have, no design within the cap has. The hidden width of
 * squeeze-and-excitation is left out, which only excludes less.
 */
export class MemoryCap {
  /** Bytes; Infinity excludes nothing. */
  bytes: number;
  /** Per row of the tables: bytes alive by layer, at in ≠ out, at in = out, and in a later block. */
  private readonly forms: readonly Float64Array[];

  constructor({ memory, memoryAt }: Tables, bytes: number) {
    this.bytes = bytes;
    this.forms = Array.from({ length: memoryAt.length - 1 }, (_, i) => {
      const [from = 0, to = 0] = [memoryAt[i], memoryAt[i + 1]];
      const layers = Array.from({ length: (to - from) / MEMORY_STRIDE }, (_, l) =>
        memory.subarray(from + l * MEMORY_STRIDE, from + (l + 1) * MEMORY_STRIDE),
      );
      return Float64Array.from(undominated(layers).flatMap((form) => [...form]));
    });
  }

  /** The widest bottleneck that the group may have; negative where none is narrow enough. */
  widest(row: number, a: number, o: number, depth: number): number {
    const first = this.narrowest(3 * row + (a === o ? 1 : 0), a, o);
    return depth === 1 ? first : Math.min(first, this.narrowest(3 * row + 2, o, o));
  }

  private narrowest(list: number, a: number, o: number): number {
    const forms = this.forms[list] ?? NOTHING;
    let most = Infinity;
    for (let m = 0; m < forms.length; m += MEMORY_STRIDE) {
      const left = this.bytes - (forms[m] ?? 0) - (forms[m + 1] ?? 0) * a - (forms[m + 3] ?? 0) * o;
      const slope = forms[m + 2] ?? 0;
      if (left < 0) return -1;
      if (slope > 0) most = Math.min(most, left / slope);
    }
    return most;
  }
}

const NOTHING = new Float64Array(0);

/** Layers that no other exceeds at every width. */
function undominated(layers: readonly Float64Array[]): readonly Float64Array[] {
  return layers.filter((layer, i) =>
    layers.every((other, j) => {
      const covers = layer.every((k, n) => k <= (other[n] ?? 0));
      const same = covers && layer.every((k, n) => k === other[n]);
      return i === j || !covers || (same && i < j);
    }),
  );
}
