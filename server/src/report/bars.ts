import { nats } from '../../../common/numbers.ts';
import { fitted, round } from '../../../drawing/scale.ts';
import { type Shape, shape } from '../../../drawing/shape.ts';
import type { StageAnalysis } from '../analysis/analyse.ts';

/** Pixels: narrow enough for a phone, whose page is drawn without scaling. */
const WIDTH = 320;
const NAME = 46;
const NUMBER = 52;
const ROW = 36;
const BAR = 11;

/** The entropy at the end of each stage as bars to one scale: fan-in, and the exact closed form below it. */
export function entropyBars(name: string, stages: readonly StageAnalysis[]): Shape {
  const most = Math.max(...stages.flatMap(({ entropy }) => [entropy.fanIn, entropy.exact]), Number.MIN_VALUE);
  const height = stages.length * ROW;
  const told = stages.map(({ lowered, entropy }) => `${lowered.name} ${nats(entropy.fanIn)}`).join(', ');
  return shape(
    'svg',
    {
      class: 'bars',
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: WIDTH,
      height,
      role: 'img',
      'aria-label': `Entropy of ${name} by stage, in nats, by fan-in: ${told}`,
    },
    ...stages.flatMap(({ lowered, entropy }, i) => [
      shape('text', { class: 'name', x: 0, y: i * ROW + 19 }, fitted(lowered.name, NAME)),
      ...bar('gain', entropy.fanIn, most, i * ROW + 3),
      ...bar('exact', entropy.exact, most, i * ROW + 3 + BAR + 3),
    ]),
  );
}

/** An entropy below 0 has no length; its number says it. */
function bar(kind: string, value: number, most: number, y: number): Shape[] {
  const length = (Math.max(0, value) / most) * (WIDTH - NAME - NUMBER);
  return [
    shape('rect', { class: kind, x: NAME, y, width: round(length), height: BAR }),
    shape('text', { x: round(NAME + length + 5), y: y + BAR - 2 }, nats(value)),
  ];
}
