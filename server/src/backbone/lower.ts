import type { Backbone, Group, InputSize } from './backbone.ts';
import { sameGroup, stageName, stageNumbers } from './backbone.ts';
import type { Layer } from './layer.ts';
import { lowerBlock, type Tensor } from './lower-block.ts';

/** What one group became: its slice of the layers and the shape it hands on. */
export interface LoweredGroup {
  readonly group: Group;
  readonly index: number;
  /** 1 for C1. */
  readonly stage: number;
  readonly in: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly layers: readonly Layer[];
  /** The tensors that it reads and hands on. */
  readonly from: Tensor;
  readonly to: Tensor;
}

/** A resolution of the network: the groups up to the next stride 2. */
export interface LoweredStage {
  readonly name: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly groups: readonly LoweredGroup[];
}

/** A backbone as a list of layers with real shapes, which costs, entropy, exports and pictures read. */
export interface Network {
  readonly name: string;
  readonly input: InputSize;
  readonly layers: readonly Layer[];
  readonly groups: readonly LoweredGroup[];
  readonly stages: readonly LoweredStage[];
}

/**
 * Lowers a backbone once to its layers. Padding is (k−1)/2 and every size is ceil(size / stride), the arithmetic of a
 * convolution in PyTorch (METHOD section 1). Expects positive whole numbers and odd kernels; the language checks them.
 *
 * Groups of a previous network that say the same and read the same are taken over as they are, the very objects: what
 * is known about them stays known.
 */
export function lower(backbone: Backbone, previous?: Network): Network {
  const { input, groups } = backbone;
  let tensor: Tensor = { ...input, halvings: 0 };
  const stages = stageNumbers(groups);
  const lowered = groups.map((group, index): LoweredGroup => {
    const from = tensor;
    const stage = stages[index] ?? 1;
    const known = previous?.groups[index];
    if (known !== undefined && known.stage === stage && sameTensor(known.from, from) && sameGroup(known.group, group)) {
      tensor = known.to;
      return known;
    }
    const layers: Layer[] = [];
    for (let block = 0; block < group.depth; block++) {
      const result = lowerBlock(group, { group: index, block }, tensor);
      layers.push(...result.layers);
      tensor = result.output;
    }
    const { channels, height, width } = tensor;
    return { group, index, stage, in: from.channels, channels, height, width, layers, from, to: tensor };
  });
  return {
    name: backbone.name,
    input,
    layers: lowered.flatMap((g) => g.layers),
    groups: lowered,
    stages: stagesOf(lowered),
  };
}

const sameTensor = (a: Tensor, b: Tensor): boolean =>
  a.channels === b.channels && a.height === b.height && a.width === b.width && a.halvings === b.halvings;

function stagesOf(groups: readonly LoweredGroup[]): LoweredStage[] {
  const byStage = Map.groupBy(groups, (g) => g.stage);
  return [...byStage].map(([stage, members]) => {
    const last = members[members.length - 1];
    if (last === undefined) throw new Error('a stage has at least one group');
    return { name: stageName(stage), channels: last.channels, height: last.height, width: last.width, groups: members };
  });
}
