import type { LogStd } from '../../../server/src/analysis/analyse.ts';
import { stepsOf } from '../../../server/src/analysis/flow.ts';
import type { Network } from '../../../server/src/backbone/lower.ts';
import { RELU_LOSS, spatialLogs, widthLogStd } from '../../../server/src/entropy/exact.ts';
import { fanInLogStd } from '../../../server/src/entropy/fan-in.ts';
import { uniformField } from '../../../server/src/entropy/field.ts';
import { NO_SPREAD, passLayer, predict } from '../../../server/src/entropy/finite-width.ts';

/** log σ after each main convolution of a chain, by every closed form, in one pass over all of its layers. */
export function layerLogStds(network: Network): LogStd[] {
  const steps = network.groups.flatMap((section) => stepsOf(section) ?? []);
  const convs = steps.flatMap((step) => (step.kind === 'conv' ? [step.conv] : []));
  const { logs } = spatialLogs(steps, uniformField(network.image));
  let [fanIn, linear, spread] = [0, 0, NO_SPREAD];
  return convs.map((conv, i) => {
    fanIn += fanInLogStd(conv);
    linear += widthLogStd(conv) + (logs[i] ?? Number.NaN);
    const relu = linear - RELU_LOSS * i;
    const finiteWidth = predict(spread, conv, relu);
    spread = passLayer(spread, conv);
    return { fanIn, exact: { linear, relu }, finiteWidth };
  });
}

/** Scored convolutions of each group of a chain. */
export const convolutionsOf = ({ groups }: Network): number[] =>
  groups.map((section) => (stepsOf(section) ?? []).filter(({ kind }) => kind === 'conv').length);
