import { type Backbone, DEFAULT_WEIGHTS, type Group, group, type Wire } from '../backbone/backbone.ts';

/** Numbers in [0, 1). */
export type Uniform = () => number;

/** A generator of its own for each seed (mulberry32): designs are the same on every machine. */
export function uniform(seed: number): Uniform {
  let state = Math.imul(seed, 0x9e3779b1) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const KINDS = ['bottleneck', 'basic', 'k1kx', 'inverted', 'inverted', 'shuffle', 'xception', 'conv'] as const;
type Kind = (typeof KINDS)[number];

const pick = <T>(u: Uniform, values: readonly [T, ...T[]]): T => values[Math.floor(u() * values.length)] ?? values[0];
const between = (u: Uniform, low: number, high: number): number => low + (high - low) * u();
const width = (channels: number): number => Math.min(WIDEST, Math.max(8, 8 * Math.round(channels / 8)));
const WIDEST = 1024;

/** Side of the image in pixels: 160 to 640. */
const side = (u: Uniform): number => 32 * Math.floor(between(u, 5, 21));

/** A run of blocks of one kind that reads so many channels. */
function blocks(u: Uniform, kind: Kind, read: number, stride: 1 | 2, act: Group['act']): Group {
  const out = width(read * between(u, 1.1, stride === 2 ? 2.2 : 1.4));
  const kernel = pick(u, [3, 3, 3, 5, 5, 7]);
  const fields = { block: kind, out, kernel, stride, act, depth: 1 + Math.floor(u() * 4) };
  const squeezed = u() < 0.25;
  switch (kind) {
    case 'bottleneck':
      return group({ ...fields, btn: width(out * between(u, 0.15, 0.55)), se: squeezed });
    case 'basic':
      return group({ ...fields, btn: width(out * between(u, 0.4, 1.1)), se: squeezed });
    case 'k1kx':
      return group({ ...fields, btn: width(out * between(u, 0.25, 0.8)), se: squeezed });
    case 'inverted':
      return group({ ...fields, btn: width(read * between(u, 2, 5)), se: u() < 0.5 });
    case 'shuffle':
    case 'xception':
      // Beside what they read, blocks that halve the resolution hand on new channels.
      return group({ ...fields, out: 16 * Math.ceil((read * between(u, 1.2, 2)) / 16) + 16, stride: 2 });
    case 'conv':
      return group({ ...fields, depth: 1 + Math.floor(u() * 2) });
  }
}

/** A chain of all kinds of blocks, with a resolution to each stage; the last stage may have two groups. */
export function randomChain(seed: number): Backbone {
  const u = uniform(seed);
  const act = pick(u, ['relu', 'relu', 'relu', 'relu6', 'silu', 'hardswish'] as const);
  const square = side(u);
  const input = { channels: 3, height: square, width: u() < 0.3 ? side(u) : square };
  const stem = width(between(u, 16, 56));
  const groups: Group[] = [group({ block: 'conv', out: stem, kernel: pick(u, [3, 3, 3, 7]), stride: 2, act })];
  let read = stem;
  const add = (stride: 1 | 2): void => {
    const next = blocks(u, pick(u, KINDS), read, stride, act);
    groups.push(next);
    read = next.out;
  };
  if (u() < 0.3) groups.push(group({ block: 'maxpool', kernel: 3, stride: 2 }));
  else add(2);
  for (let stage = 0; stage < 3; stage++) {
    add(2);
    if (u() < 0.4) add(1);
  }
  return { name: `random${seed}`, input, groups, weights: DEFAULT_WEIGHTS };
}

/** A chain whose last groups read two earlier ones each: resampled, or concatenated where they are of one resolution. */
export function randomGraph(seed: number): Backbone {
  const chain = randomChain(seed);
  const u = uniform(seed + 1_000_003);
  const wires: Wire[] = chain.groups.map((_, i) => ({
    name: name(i),
    join: 'sum',
    reads: [{ group: i - 1, asIs: false }],
  }));
  const halvings: number[] = [];
  for (const { stride } of chain.groups) halvings.push((halvings.at(-1) ?? 0) + (stride === 2 ? 1 : 0));
  const last = chain.groups.length - 1;
  const deepest = halvings[last] ?? 0;
  const [fine, coarse] = [Math.max(1, last - 2), last];
  const out = width(between(u, 64, 192));
  const joined = group({
    block: pick(u, ['bottleneck', 'k1kx', 'basic'] as const),
    out,
    btn: width(out / 2),
    kernel: 3,
    stride: 1,
  });
  const tail = group({ block: 'conv', out, kernel: 1, stride: 1 });
  const at = Math.max(halvings[fine] ?? 0, deepest - 1);
  const reads = [fine, coarse].map((index) => ({ group: index, asIs: false }));
  wires.push({ name: name(last + 1), join: 'sum', at, reads });
  wires.push({
    name: name(last + 2),
    join: 'concat',
    reads: [
      { group: last + 1, asIs: false },
      { group: last + 1, asIs: false },
    ],
  });
  const outputs = [
    { name: 'C4', group: last + 2 },
    { name: 'C5', group: last },
  ];
  return { ...chain, groups: [...chain.groups, joined, tail], wiring: { nodes: wires, outputs } };
}

const name = (index: number): string => (index === 0 ? 'stem' : `n${index}`);

/** Every fifth is a graph. */
export const randomDesign = (seed: number): Backbone => (seed % 5 === 4 ? randomGraph(seed) : randomChain(seed));

/** A random design whose widths are scaled until it has so many multiply–accumulates, within 1 %; undefined where none was found. */
export function designOf(seed: number, macs: number, macsOf: (design: Backbone) => number): Backbone | undefined {
  const design = randomDesign(seed);
  let [low, high] = [0.2, 4];
  for (let step = 0; step < 24; step++) {
    const factor = Math.sqrt(low * high);
    const found = scaled(design, factor);
    const ratio = macsOf(found) / macs;
    if (Math.abs(ratio - 1) <= 0.01) return widest(found) <= WIDEST ? found : undefined;
    if (ratio > 1) high = factor;
    else low = factor;
  }
  return undefined;
}

const widest = ({ groups }: Backbone): number => Math.max(...groups.map(({ out, btn }) => Math.max(out, btn)));

/** Widths of blocks that split their channels stay multiples of 16, and wider than what they read. */
function scaled(design: Backbone, factor: number): Backbone {
  let read = 0;
  const groups = design.groups.map((g): Group => {
    const splits = g.block === 'shuffle' || g.block === 'xception';
    const step = splits ? 16 : 8;
    const out = g.out === 0 ? 0 : Math.max(splits ? read + step : step, step * Math.round((g.out * factor) / step));
    read = out === 0 ? read : out;
    return {
      ...g,
      out: splits ? step * Math.ceil(out / step) : out,
      btn: g.btn === 0 ? 0 : Math.max(8, 8 * Math.round((g.btn * factor) / 8)),
    };
  });
  return { ...design, groups };
}
