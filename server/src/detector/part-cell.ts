import type { Marks, Ref } from '../graph/cell.ts';
import { CellBuilder } from '../graph/cell-builder.ts';
import type { Activation, Operator } from '../graph/operator.ts';
import type { Shape } from '../graph/shapes.ts';

/** What a convolution has behind it, and a bias only where nothing follows that would take it away. */
export type Norm = 'none' | 'batch' | 'group';

export interface Layer {
  readonly out: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly groups?: number;
  readonly bias: boolean;
  readonly norm?: Norm;
  readonly act?: Activation | undefined;
  /** Its weights are those of an earlier level; `convolution` when each level has its own norm nevertheless. */
  readonly shared?: boolean | 'convolution';
}

const SHARED = { shared: true } as const;

/** Channel groups of GroupNorm in every head: 32, which the width has to be a multiple of. */
export const NORM_GROUPS = 32;

/** Writes one section of a neck or head. Its convolutions are behind the backbone and so no layers of it. */
export class PartCell extends CellBuilder {
  /** A convolution with what follows it. */
  layer(x: Ref, own: Layer): Ref {
    const { out, kernel, stride = 1, dilation = 1, groups = 1, bias, norm = 'none', act, shared = false } = own;
    const weights = shared === false ? undefined : SHARED;
    const scale = shared === true ? SHARED : undefined;
    let y = this.behind({ op: 'conv', out, kernel, stride, dilation, groups, bias }, [x], weights);
    if (norm === 'batch') y = this.behind({ op: 'batchnorm' }, [y], scale);
    if (norm === 'group') y = this.behind({ op: 'groupnorm', groups: NORM_GROUPS }, [y], scale);
    return act === undefined ? y : this.behind({ op: 'activation', kind: act }, [y]);
  }

  behind(operator: Operator, reads: readonly Ref[], marks?: Marks): Ref {
    return this.add(operator, reads, 'behind', marks);
  }

  /** A finer map of what a coarser one says: to the nearest position. */
  upsample(x: Ref, { height, width, halvings }: Shape): Ref {
    return this.behind({ op: 'upsample', height, width, halvings }, [x]);
  }

  sum(...reads: Ref[]): Ref {
    return this.behind({ op: 'sum', residual: false }, reads);
  }

  scale(x: Ref): Ref {
    return this.behind({ op: 'scale' }, [x]);
  }
}
