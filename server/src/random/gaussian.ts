/**
 * Seeded Gaussian numbers, the same on every backend and machine.
 *
 * Uniform bits come from sfc32 (Doty-Humphrey's small fast counter generator, 128 bits of state, passes PractRand);
 * Gaussians from Marsaglia and Tsang's ziggurat (2000) with 128 layers. The layer is chosen by 7 bits of a word and the
 * abscissa by its other 25, so the two are independent, as Doornik (2005) asks for. About 8 ns a number.
 */

const LAYERS = 128;
/** Where the tail begins, and the area of each layer, for 128 layers. */
const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;

/** Right edges x_i of the layers under exp(−x²/2): x_0 > x_1 = TAIL > … > x_128 = 0. */
const EDGES = new Float64Array(LAYERS + 1);
/** Abscissas are whole numbers of 25 bits, sign included; below this one a point of layer i lies under the curve. */
const INSIDE = new Int32Array(LAYERS);
/** What one step of the abscissa is worth in layer i. */
const STEPS = new Float64Array(LAYERS);

EDGES[0] = AREA / Math.exp(-0.5 * TAIL * TAIL);
EDGES[1] = TAIL;
for (let i = 2; i < LAYERS; i++) {
  const previous = EDGES[i - 1] ?? 0;
  EDGES[i] = Math.sqrt(-2 * Math.log(AREA / previous + Math.exp(-0.5 * previous * previous)));
}
for (let i = 0; i < LAYERS; i++) {
  const edge = EDGES[i] ?? 1;
  INSIDE[i] = Math.floor(((EDGES[i + 1] ?? 0) / edge) * 2 ** 24);
  STEPS[i] = edge * 2 ** -24;
}

/** Finaliser of MurmurHash3: every input bit changes about half of the output bits. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** One stream of Gaussian numbers, chosen by whole numbers such as (seed, draw, layer). */
export class GaussianStream {
  /** a, b, c and the counter of sfc32; a typed array because V8 keeps its elements unboxed. */
  private readonly state = new Int32Array(4);
  /** The word at which `run` stopped. */
  private unsettled = 0;

  constructor(...key: readonly number[]) {
    let h = 0x9e3779b9;
    for (const part of key) {
      // Seeds may be larger than 32 bits; both halves count.
      h = mix(h ^ part) + 0x9e3779b9;
      h = mix(h ^ Math.floor(part / 2 ** 32)) + 0x85ebca6b;
    }
    this.state.set([mix(h), mix(h ^ 0x6a09e667), mix(h ^ 0xbb67ae85), 1]);
    // Twelve rounds spread the key over the whole state (the author's own seeding).
    for (let i = 0; i < 12; i++) this.word();
  }

  /** Fills `target` with independent N(0, 1) numbers. */
  fill(target: Float32Array): Float32Array {
    for (let i = this.run(target, 0); i < target.length; i = this.run(target, i + 1)) {
      const word = this.unsettled;
      target[i] = this.settle(word & (LAYERS - 1), word >> 7) ?? this.next();
    }
    return target;
  }

  /** `next()` written out with the state in locals, up to a point that needs a closer look: half the time per number. */
  private run(target: Float32Array, from: number): number {
    const s = this.state;
    let a = s[0] ?? 0;
    let b = s[1] ?? 0;
    let c = s[2] ?? 0;
    let counter = s[3] ?? 0;
    let i = from;
    for (; i < target.length; i++) {
      const word = (a + b + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + word) | 0;
      const layer = word & (LAYERS - 1);
      const abscissa = word >> 7;
      if (Math.abs(abscissa) >= (INSIDE[layer] ?? 0)) {
        this.unsettled = word;
        break;
      }
      target[i] = abscissa * (STEPS[layer] ?? 0);
    }
    s[0] = a;
    s[1] = b;
    s[2] = c;
    s[3] = counter;
    return i;
  }

  next(): number {
    for (;;) {
      const word = this.word();
      const layer = word & (LAYERS - 1);
      const abscissa = word >> 7;
      if (Math.abs(abscissa) < (INSIDE[layer] ?? 0)) return abscissa * (STEPS[layer] ?? 0);
      const settled = this.settle(layer, abscissa);
      if (settled !== undefined) return settled;
    }
  }

  /** A point near the edge of its layer (1.2 % of all): the tail, a point under the curve, or none. */
  private settle(layer: number, abscissa: number): number | undefined {
    if (layer === 0) return abscissa < 0 ? -this.tail() : this.tail();
    const edge = EDGES[layer] ?? 0;
    const x = abscissa * (STEPS[layer] ?? 0);
    const outer = Math.exp(-0.5 * (edge * edge - x * x));
    const inner = Math.exp(-0.5 * ((EDGES[layer + 1] ?? 0) ** 2 - x * x));
    return inner + this.uniform() * (outer - inner) < 1 ? x : undefined;
  }

  /** Beyond TAIL: Marsaglia's exponential method. */
  private tail(): number {
    for (;;) {
      const x = -Math.log(this.uniform()) / TAIL;
      const y = -Math.log(this.uniform());
      if (2 * y > x * x) return TAIL + x;
    }
  }

  /** On (0, 1): never 0, whose logarithm the tail would take. */
  private uniform(): number {
    return ((this.word() >>> 0) + 0.5) * 2 ** -32;
  }

  private word(): number {
    const s = this.state;
    const a = s[0] ?? 0;
    const b = s[1] ?? 0;
    const c = s[2] ?? 0;
    const counter = s[3] ?? 0;
    const word = (a + b + counter) | 0;
    s[0] = b ^ (b >>> 9);
    s[1] = c + (c << 3);
    s[2] = ((c << 21) | (c >>> 11)) + word;
    s[3] = counter + 1;
    return word;
  }
}
