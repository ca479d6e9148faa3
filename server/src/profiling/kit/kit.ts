import type { Operation } from '../../latency/operation.ts';

/** One model of a kit: an operator with what it takes to hand its result on, or a whole network. */
export type KitModel =
  | { readonly kind: 'operator'; readonly file: string; readonly operation: Operation }
  /** @param text the network in our language */
  | { readonly kind: 'network'; readonly file: string; readonly text: string; readonly calibrates: boolean };

/** `kit.json`: what is in the folder, and which of its models is timed again and again. */
export interface Kit {
  readonly format: 'maekit';
  readonly version: 1;
  readonly reference: string;
  readonly models: readonly KitModel[];
}

/** Every result is handed on through a mean over the map, so that nothing large leaves the runtime: its time is taken off. */
export const POOL = 'globalpool';

/** The pooling behind an operation. */
export function poolBehind({ op, stride, out, height, width }: Operation): Operation {
  const [h, w] = op === POOL ? [height, width] : [Math.ceil(height / stride), Math.ceil(width / stride)];
  return {
    op: POOL,
    kernel: 1,
    stride: 1,
    grouping: 'one',
    groups: 1,
    in: out,
    out,
    height: h,
    width: w,
  };
}

/** A text, or the bytes of a model piece by piece. */
export type KitContent = string | Iterable<Uint8Array>;
