import type { PlacedConv } from '../graph/cell.ts';
import { convolveField, type Field, type Taps, thinField, upsampleField } from './field.ts';
import type { Step } from './scored.ts';

/**
 * Sends a field along a scored path: what comes out, and for each convolution its share of log γ that the width of the
 * network has no part in, ½ log(mean(w_row) · mean(w_col)) in nats.
 */
export function spatialLogs(path: readonly Step[], from: Field): { readonly field: Field; readonly logs: number[] } {
  let field = from;
  const logs: number[] = [];
  for (const step of path) {
    if (step.kind === 'maxpool') field = thinField(field, step.stride);
    else if (step.kind === 'upsample') field = upsampleField(field, step);
    else if (step.kind === 'conv') {
      const passed = passWindow(field, step.conv.operator);
      field = passed.field;
      logs.push(passed.log);
    }
  }
  return { field, logs };
}

/** Sends a field through the window of a convolution; one that is pointwise leaves it as it is, with mean 1. */
export const passWindow = (field: Field, taps: Taps): { readonly field: Field; readonly log: number } =>
  taps.kernel === 1 && taps.stride === 1 ? { field, log: 0 } : convolveField(field, taps);

/** The share of log γ that comes from the width alone: ½ log(in/groups), in nats. */
export const widthLogStd = ({ from, operator }: PlacedConv): number => 0.5 * Math.log(from.channels / operator.groups);

/** What each ReLU takes from the cumulative log σ: E[relu(h)²] = ½E[h²], exactly, because h is symmetric. In nats. */
export const RELU_LOSS = 0.5 * Math.LN2;
