import type { MainConv } from '../backbone/layer.ts';

/**
 * The fan-in estimate of one layer's log standard deviation, in nats: log γ = ½ log(in/groups · k²). No padding, no
 * activation: an interior position of a convolution with N(0, 1) weights over N(0, 1) inputs. It is TinyNAS's "madnas"
 * closed form (METHOD section 2.1, estimator 1).
 */
export const fanInLogStd = (l: MainConv): number => 0.5 * Math.log((l.in / l.groups) * l.kernel * l.kernel);
