import { type Group, type InputSize, sameGroup } from '../backbone/backbone.ts';
import { isMainConv } from '../backbone/layer.ts';
import type { LoweredGroup } from '../backbone/lower.ts';
import { type Field, reluLoss, spatialLogs, uniformField, widthLogStd } from '../entropy/exact.ts';
import { fanInLogStd } from '../entropy/fan-in.ts';
import { NO_SPREAD, type Prediction, passLayer, predict, type Spread } from '../entropy/finite-width.ts';

/** Cumulative log σ at one point of the network by every closed form, in nats. */
export interface LogStd {
  readonly fanIn: number;
  readonly exact: { readonly linear: number; readonly relu: number };
  /** For relu networks. */
  readonly finiteWidth: Prediction;
}

/** The share of the exact log σ that no width has a part in: Σ ½ log(mean(w_row) · mean(w_col)), and the field behind it. */
export interface SpatialFlow {
  readonly field: Field;
  readonly log: number;
}

/** What the closed forms carry along the network, at its input or at the end of a group. Logs are cumulative, in nats. */
export interface Flow {
  /** Main convolutions so far. */
  readonly convolutions: number;
  readonly fanIn: number;
  /** Σ ½ log(in/groups) */
  readonly widths: number;
  readonly spatial: SpatialFlow;
  readonly spread: Spread;
  /** Of the last convolution, for relu. */
  readonly prediction: Prediction;
}

export const inputFlow = (input: InputSize): Flow => ({
  convolutions: 0,
  fanIn: 0,
  widths: 0,
  spatial: { field: uniformField(input), log: 0 },
  spread: NO_SPREAD,
  prediction: { mean: 0, sd: 0 },
});

export function logStdOf({ convolutions, fanIn, widths, spatial, prediction }: Flow): LogStd {
  const linear = widths + spatial.log;
  return { fanIn, exact: { linear, relu: linear - reluLoss(convolutions) }, finiteWidth: prediction };
}

/** One passage that is known already: a group between two flows. */
export interface Passage {
  readonly before: Flow;
  readonly lowered: LoweredGroup;
  readonly after: Flow;
}

/**
 * The flow behind a group. A known passage of the same group from the same flow is taken over; where only widths differ
 * its spatial part still is, which is most of the work.
 */
export function flowThrough(before: Flow, lowered: LoweredGroup, known?: Passage): Flow {
  if (known?.before === before && known.lowered === lowered) return known.after;
  const sameField =
    known?.before.spatial.field === before.spatial.field && sameWindows(known.lowered.group, lowered.group);
  const spatial = sameField
    ? { field: known.after.spatial.field, log: before.spatial.log + known.after.spatial.log - known.before.spatial.log }
    : passSpatial(before.spatial, lowered);
  let { convolutions, fanIn, widths, spread } = before;
  const main = lowered.layers.filter(isMainConv);
  for (const layer of main) {
    convolutions += 1;
    fanIn += fanInLogStd(layer);
    widths += widthLogStd(layer);
    if (convolutions < before.convolutions + main.length) spread = passLayer(spread, layer);
  }
  const last = main[main.length - 1];
  if (last === undefined) return { ...before, spatial };
  const relu = widths + spatial.log - reluLoss(convolutions);
  const prediction = predict(spread, last, relu);
  return { convolutions, fanIn, widths, spatial, spread: passLayer(spread, last), prediction };
}

export function passSpatial(before: SpatialFlow, { layers }: Pick<LoweredGroup, 'layers'>): SpatialFlow {
  const { field, logs } = spatialLogs(layers, before.field);
  return { field, log: logs.reduce((sum, log) => sum + log, before.log) };
}

/** Whether two groups send a field through the same windows. */
export const sameWindows = (a: Group, b: Group): boolean => sameGroup(a, { ...b, out: a.out, btn: a.btn, se: a.se });
