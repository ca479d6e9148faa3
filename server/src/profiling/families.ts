import type { Backbone, Group } from '../backbone/backbone.ts';
import { lower } from '../backbone/lower.ts';
import { macsOf as nodeMacs } from '../cost/count.ts';
import type { Graph } from '../graph/graph.ts';
import type { Family, NamedNetwork } from './make-profile.ts';
import { randomDesign, type Uniform, uniform } from './random-designs.ts';

/** How many networks calibrate a profile, and how many judge it. */
const TRAINING = 14;
const HELD_OUT = 10;

/** Random networks of less say little, and of more take too long; in multiply–accumulates. */
const LEAST_MACS = 1e8;
const MOST_MACS = 5e9;

/** Seeds of the networks of a profile: those of benchmarks and tests begin at FIRST_FREE_SEED. */
const FIRST_SEED = 1;
export const FIRST_FREE_SEED = 10_000;

/** Networks of all kinds of blocks, for a profile that any design may be predicted by. */
export const wideFamily = (): Family => {
  const networks = take(TRAINING + HELD_OUT, LEAST_MACS, randomDesign);
  return { training: networks.slice(0, TRAINING), heldOut: networks.slice(TRAINING) };
};

/** The designs at hand and others like them: other widths, depths and images. Of each kind some judge the profile. */
export function familyOf(designs: readonly Backbone[]): Family {
  const own = designs.map((design, i) => ({ name: `design${i}`, network: lower(design) }));
  const variants = take(TRAINING + HELD_OUT, 0, (seed) => {
    const design = designs[seed % designs.length];
    return design === undefined ? undefined : variant(design, uniform(seed));
  });
  return { training: [...own, ...variants.slice(0, TRAINING)], heldOut: variants.slice(TRAINING) };
}

function take(count: number, least: number, design: (seed: number) => Backbone | undefined): NamedNetwork[] {
  const networks: NamedNetwork[] = [];
  for (let seed = FIRST_SEED; networks.length < count && seed < FIRST_SEED + 20 * count; seed++) {
    const backbone = design(seed);
    if (backbone === undefined) continue;
    const network = lower(backbone);
    const macs = macsOf(network);
    if (macs >= least && macs <= MOST_MACS) networks.push({ name: `network${seed}`, network });
  }
  return networks;
}

/** Multiply–accumulates of a network's convolutions. */
export function macsOf(network: Graph): number {
  let macs = 0;
  for (const { cells } of network.sections)
    for (const { cell, times } of cells)
      for (const node of cell.nodes)
        if (node.operator.op === 'conv') macs += times * nodeMacs({ node, cell, image: network.image });
  return macs;
}

/** Blocks whose widths hang together with those before them keep theirs. */
const TIED = new Set(['shuffle', 'xception']);

/** The same blocks with other widths and depths, for another image. Sums of a graph need equal widths: there only inner widths change. */
function variant(design: Backbone, u: Uniform): Backbone {
  const scale =
    design.wiring === undefined && !design.groups.some(({ block }) => TIED.has(block)) ? 0.6 + 0.8 * u() : 1;
  const side = (pixels: number): number => 32 * Math.max(2, Math.round((pixels * (0.6 + 0.7 * u())) / 32));
  const { channels, height, width } = design.input;
  const square = side(height);
  return {
    ...design,
    input: { channels, height: square, width: width === height ? square : side(width) },
    groups: design.groups.map((g) => ({
      ...g,
      out: scaled(g, g.out, scale),
      btn: scaled(g, g.btn, TIED.has(g.block) ? 1 : 0.6 + 0.8 * u()),
      depth: Math.max(1, Math.round(g.depth * (0.5 + u()))),
    })),
  };
}

/** A width that so many groups divide. */
const scaled = ({ groups }: Group, width: number, scale: number): number => {
  const step = 8 * groups;
  return width === 0 || scale === 1 ? width : step * Math.max(1, Math.round((width * scale) / step));
};
