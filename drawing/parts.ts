import * as l10n from '@vscode/l10n';
import { milliseconds, nats, percent, shapeText, si, signed } from '../common/numbers.ts';
import type { PictureBackbone, PictureGroup } from '../server/src/server/protocol.ts';
import { round, rowOf, tall } from './scale.ts';
import { type Shape, shape } from './shape.ts';

/** What the layouts of a drawing share: blocks, bars, words, and the button that each group is. */

/** The longest bars of a drawing belong to these. */
export interface Most {
  readonly share: number;
  readonly gain: number;
}

export const mostOf = ({ groups }: PictureBackbone): Most => ({
  share: Math.max(...groups.map((g) => g.costShare), Number.MIN_VALUE),
  gain: Math.max(...groups.map((g) => Math.abs(g.gain ?? 0)), Number.MIN_VALUE),
});

/** The blocks of a group side by side, standing on `base`. */
export function blocksOf(
  { block, part, channels, depth, height }: PictureGroup,
  at: {
    readonly x: number;
    readonly base: number;
    readonly room: number;
    readonly input: number;
    readonly fit: number;
  },
): Shape[] {
  const { steps, thick } = rowOf(depth, channels, at.fit);
  const high = tall(height, at.input, at.room);
  return steps.map((step) =>
    shape('rect', {
      class: `block ${part ?? block}`,
      x: round(at.x + step),
      y: round(at.base - high),
      width: round(thick),
      height: round(high),
    }),
  );
}

export const barClass = (kind: 'cost' | 'gain', ratio: number): string => `bar ${kind}${ratio < 0 ? ' loss' : ''}`;

/** A group as something to press, with what belongs to it; in a picture that is only looked at, nothing can be pressed. */
export function groupButton(
  group: PictureGroup,
  { costName, devices }: Pick<PictureBackbone, 'costName' | 'devices'>,
  pressable: boolean,
  ...inside: readonly Shape[]
): Shape {
  const name = describe(group, costName, devices);
  const press = { 'data-from': group.from, 'data-to': group.to, role: 'button', tabindex: 0, 'aria-label': name };
  return shape('g', { class: 'group', ...(pressable ? press : {}) }, shape('title', {}, name), ...inside);
}

/** The words of a group: the name of its button says all of it already, in one sentence. */
export const wordsOf = (...texts: readonly Shape[]): Shape =>
  shape('g', { class: 'words', 'aria-hidden': 'true' }, ...texts);

export const text = (x: number, y: number, words: string, kind = 'detail'): Shape =>
  shape('text', { class: kind, x: round(x), y: round(y) }, words);

/** The outermost shape, as large as it is drawn. */
export const drawing = (
  backbone: PictureBackbone,
  width: number,
  height: number,
  pressable: boolean,
  inside: Shape[],
): Shape =>
  shape(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      width: round(width),
      height: round(height),
      role: pressable ? 'group' : 'img',
    },
    shape('title', {}, titleOf(backbone)),
    ...inside,
  );

export const titleOf = ({ name, input, scoreText, costName, cost, devices = [] }: PictureBackbone): string => {
  const times = devices.map((device) => timeText(device.ms, device.name));
  return l10n.t(
    '{0}: {1}, {2} at {3}',
    name,
    scoreText,
    [`${si(cost)} ${costName}`, ...times].join(', '),
    shapeText(input),
  );
};

/** «12.3 ms on phone» */
const timeText = (ms: number, device: string): string => l10n.t('{0} on {1}', milliseconds(ms), device);

/** What a group takes on each device, for a place that names the devices: «0.84 ms» */
export const timesText = ({ times = [] }: PictureGroup): string => times.map((ms) => milliseconds(ms)).join(' · ');

/** What a group consists of: «bottleneck 3»; a neck or head is one thing. */
export const kindOf = ({ block, kernel, part }: PictureGroup): string =>
  part === undefined ? `${block} ${kernel}` : block;

/** What a screen reader says of a group, and the tooltip shows. */
export function describe(group: PictureGroup, costName: string, devices: PictureBackbone['devices'] = []): string {
  const { block, part, kernel, depth, channels, height, width, entropy, gain } = group;
  const name = part === undefined ? `${depth} ${block} ${kernel}×${kernel}` : `${block} ${group.place}`;
  const costs = `${channels}×${height}×${width}, ${si(group.cost)} ${costName} (${percent(group.costShare)})`;
  const said =
    entropy === undefined || gain === undefined ? [] : [l10n.t('entropy {0} ({1})', nats(entropy), signed(gain))];
  const times = devices.map((device, i) => timeText(group.times?.[i] ?? 0, device.name));
  return [name, costs, ...times, ...said].join(', ');
}
