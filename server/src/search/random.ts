/**
 * Chris Doty-Humphrey's sfc32: 128 bits of state, passes PractRand, and three times as fast in the inner loop as the
 * generators of pure-rand, whose results are objects or 64-bit words. Seeded, and its state can be saved.
 */
export class Random {
  private readonly state = new Int32Array(4);

  constructor(seed: number, stream = 0) {
    this.state.set([seed | 0, Math.floor(seed / 2 ** 32) | 0, stream | 0, 1]);
    // The first outputs still resemble the seed.
    for (let i = 0; i < 15; i++) this.bits();
  }

  static from(state: readonly number[]): Random {
    const random = new Random(0);
    random.state.set(state);
    return random;
  }

  save(): number[] {
    return [...this.state];
  }

  /** 32 random bits as a whole number ≥ 0. */
  bits(): number {
    const s = this.state;
    const a = s[0] ?? 0;
    const b = s[1] ?? 0;
    const c = s[2] ?? 0;
    const d = s[3] ?? 0;
    const result = (a + b + d) | 0;
    s[3] = d + 1;
    s[0] = b ^ (b >>> 9);
    s[1] = c + (c << 3);
    s[2] = ((c << 21) | (c >>> 11)) + result;
    return result >>> 0;
  }

  /** A whole number in [0, n), uniform up to n / 2³². */
  below(n: number): number {
    return Math.floor(this.bits() * 2.3283064365386963e-10 * n);
  }

  /** A number in [0, 1). */
  unit(): number {
    return this.bits() * 2.3283064365386963e-10;
  }
}
