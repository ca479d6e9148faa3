import { fanIn, type PlacedConv } from '../graph/cell.ts';

/**
 * The fan-in estimate of one layer's log standard deviation, in nats: log γ = ½ log(in/groups · k²). No padding, no
 * activation: an interior position of a convolution with N(0, 1) weights over N(0, 1) inputs. It is TinyNAS's "madnas"
 * closed form (docs/method.md 2.1, estimator 1).
 */
export const fanInLogStd = (conv: PlacedConv): number => 0.5 * Math.log(fanIn(conv));
