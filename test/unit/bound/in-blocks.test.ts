import { describe, expect, it } from 'vitest';
import { inBlocks } from '../../../server/src/search/bound/in-blocks.ts';
import { compileChain } from '../../../server/src/search/model/model.ts';
import { PRESETS } from '../../../server/src/space/presets.ts';
import { registerToy } from '../toy-profile.ts';
import { behind, bottleneck, type Case, conv, least, pool, squeezed, taskOf } from './small-tasks.ts';

const toy = registerToy();
const eights = registerToy('eights', { channelBlock: 8 });
const thirtyTwos = registerToy('thirty-twos', { channelBlock: 32 });
const within = { [toy]: 1, layers: 9 };
const { paper, tinynas } = PRESETS;
const steps = (step: number) => ({ stepped: [{ group: 1, cost: toy, step, amounts: [0, 1, 2] }] });
const upTo = (most: number) => ({ ...paper, out: { ...paper.out, most } });

/** By what the widths of the bound go. */
const CASES: readonly (Case & { readonly step: number })[] = [
  { name: 'milliseconds and layers', groups: [conv(2), bottleneck], limits: within, step: 16 },
  { name: 'another space', groups: [conv(2), bottleneck], space: paper, limits: within, step: 16 },
  { name: 'a max-pool', groups: [conv(2), pool, bottleneck], limits: within, step: 16 },
  { name: 'the least milliseconds', groups: [conv(2), bottleneck], limits: {}, goal: least(toy, 12), step: 16 },
  {
    name: 'kernels by 16 and by 32',
    groups: [conv(2), bottleneck],
    limits: { ...within, [thirtyTwos]: 1 },
    step: 16,
  },
  { name: 'kernels by 16 and by 8', groups: [conv(2), bottleneck], limits: { ...within, [eights]: 1 }, step: 8 },
  { name: 'params too', groups: [conv(2), bottleneck], limits: { ...within, params: 9_000 }, step: 8 },
  { name: 'memory too', groups: [conv(2), bottleneck], limits: { ...within, memory: 9_000 }, step: 8 },
  { name: 'rho too', groups: [conv(2), bottleneck], limits: { ...within, rho: 1 }, step: 8 },
  {
    name: 'the least params',
    groups: [conv(2), bottleneck],
    limits: within,
    goal: least('params', 12),
    step: 8,
  },
  { name: 'a hidden width', groups: [conv(2), squeezed], limits: within, step: 8 },
  { name: 'a max-pool of the image', groups: [pool, bottleneck], limits: within, step: 8 },
  { name: 'outputs up to 104', groups: [conv(2), bottleneck], space: upTo(104), limits: within, step: 8 },
  {
    name: 'a growth of 2½',
    groups: [conv(2), bottleneck],
    space: { ...tinynas, growth: 2.5 },
    limits: within,
    step: 8,
  },
  {
    name: 'an output that stays 24 wide',
    groups: [conv(2), { ...bottleneck, out: 24 }, bottleneck],
    limits: within,
    downstream: behind([1], {}, {}, { kept: [1] }),
    step: 8,
  },
  {
    name: 'an output that stays 32 wide',
    groups: [conv(2), { ...bottleneck, out: 32 }, bottleneck],
    limits: within,
    downstream: behind([1], {}, {}, { kept: [1] }),
    step: 16,
  },
  {
    name: 'a head by 16',
    groups: [conv(2), bottleneck],
    limits: within,
    downstream: behind([1], {}, {}, steps(16)),
    step: 16,
  },
  {
    name: 'a head by 8',
    groups: [conv(2), bottleneck],
    limits: within,
    downstream: behind([1], {}, {}, steps(8)),
    step: 8,
  },
  {
    name: 'a head by the channel',
    groups: [conv(2), bottleneck],
    limits: within,
    downstream: behind([1], { [toy]: 0.01 }),
    step: 8,
  },
];

describe('the bound looks at whole blocks of channels where the others take as long and score less', () => {
  it.each(CASES)('$name: by $step', ({ step, ...entry }) => {
    const { slots } = inBlocks(compileChain(taskOf(entry)));
    const last = slots.at(-1);
    expect([last?.out.step, last?.btn.step]).toEqual([step, step]);
    expect((last?.out.least ?? 0) % step).toBe(0);
  });
});
