import type { SearchTask } from '../../../server/src/search/task.ts';
import { PRESETS } from '../../../server/src/space/presets.ts';
import { behind, bottleneck, type Case, conv, least, pool, squeezed, unexpanded } from '../bound/small-tasks.ts';

/** A task whose space has from ten thousand to a million designs within the budget that have to be looked at. */
export interface Enumerated extends Case {
  readonly estimator?: SearchTask['estimator'];
}

const basic = { ...bottleneck, block: 'basic' } as const;
const k1kx = { ...bottleneck, block: 'k1kx' } as const;
/** Keeps the resolution of what it reads. */
const flat = <T extends object>(of: T) => ({ ...of, stride: 1 }) as const;
const C3 = { C2: 1, C3: 2 };

export const ENUMERATED: readonly Enumerated[] = [
  { name: 'params', groups: [conv(2), bottleneck, bottleneck], limits: { params: 12_000, layers: 16 }, weights: C3 },
  { name: 'macs and layers', groups: [conv(2), bottleneck, k1kx], limits: { macs: 2.5e6, layers: 13 }, weights: C3 },
  {
    name: 'three budgets',
    groups: [conv(2), bottleneck, bottleneck],
    limits: { params: 40_000, thop: 8e6, layers: 16 },
    weights: C3,
  },
  { name: 'mmcv', groups: [conv(2), basic, k1kx], limits: { mmcv: 5e6, layers: 12 }, weights: C3 },
  { name: 'tinynas', groups: [conv(2), k1kx, flat(k1kx)], limits: { tinynas: 5e6, layers: 15 } },
  {
    name: 'activations',
    groups: [conv(2), k1kx, bottleneck],
    limits: { activations: 60_000, params: 25_000, layers: 16 },
    weights: C3,
  },
  { name: 'types', groups: [conv(2), bottleneck], space: PRESETS.paper, limits: { params: 100_000, layers: 8 } },
  { name: 'types, one budget', groups: [conv(2), bottleneck], space: PRESETS.paper, limits: { macs: 1e7 } },
  {
    name: 'types without a stem',
    groups: [bottleneck, bottleneck],
    space: PRESETS.paper,
    limits: { params: 2_500, layers: 8 },
    weights: { C1: 1, C2: 2 },
  },
  {
    name: 'two convolutions',
    groups: [conv(2), conv(1), conv(1), bottleneck],
    limits: { params: 400_000, macs: 2e8 },
    weights: { C1: 3, C2: 1 },
  },
  {
    name: 'a convolution at the end',
    groups: [conv(2), bottleneck, conv(1)],
    limits: { params: 200_000, macs: 1e8, layers: 10 },
  },
  {
    name: 'two groups',
    groups: [conv(2), bottleneck, flat(bottleneck)],
    limits: { params: 12_000, macs: 3e6, layers: 13 },
  },
  {
    name: 'squeeze-and-excitation',
    groups: [conv(2), squeezed, flat(squeezed)],
    limits: { params: 5_000, layers: 10 },
  },
  {
    name: 'squeeze-and-excitation, macs',
    groups: [conv(2), squeezed, squeezed],
    limits: { macs: 1e6, params: 12_000, layers: 13 },
    weights: C3,
  },
  {
    name: 'squeeze-and-excitation of the input',
    groups: [conv(2), unexpanded, unexpanded],
    limits: { params: 60_000, macs: 9e6, layers: 16 },
    weights: C3,
  },
  {
    name: 'a max-pool',
    groups: [conv(2), pool, bottleneck, flat(bottleneck)],
    limits: { mmcv: 2e6, params: 15_000, layers: 13 },
    weights: { C3: 1 },
  },
  {
    name: 'a cap on memory',
    groups: [conv(2), bottleneck, flat(bottleneck)],
    limits: { params: 12_000, memory: 100_000, layers: 13 },
    weights: { C1: 2, C2: 1 },
  },
  {
    name: 'a cap on memory, types',
    groups: [conv(2), bottleneck],
    space: PRESETS.paper,
    limits: { params: 120_000, memory: 200_000, layers: 8 },
  },
  {
    name: 'three budgets beside a head',
    groups: [conv(2), bottleneck, bottleneck],
    limits: { params: 45_000, thop: 9e6, layers: 16 },
    weights: C3,
    downstream: behind([1, 2], { params: 128, thop: 20_000 }, { params: 4_000, thop: 500_000 }),
  },
  {
    name: 'types beside a head that keeps an output',
    groups: [conv(2), { ...bottleneck, out: 24 }, flat(bottleneck)],
    space: PRESETS.paper,
    limits: { params: 12_000, layers: 10 },
    downstream: behind([1, 2], { params: 20 }, { params: 500 }, { kept: [1] }),
  },
  {
    name: 'the least macs beside a head',
    groups: [conv(2), bottleneck],
    space: PRESETS.paper,
    goal: least('macs', 12),
    limits: { macs: 1.6e7, layers: 8 },
    downstream: behind([0, 1], { macs: 30_000 }, { macs: 1e6 }),
  },
  {
    name: 'the exact estimator beside a head',
    groups: [conv(2), bottleneck, bottleneck],
    limits: { params: 18_000, layers: 16 },
    weights: C3,
    estimator: 'exact',
    downstream: behind([1, 2], { params: 64 }, { params: 2_000 }),
  },
  {
    name: 'the least params',
    groups: [conv(2), bottleneck, bottleneck],
    goal: least('params', 60),
    limits: { params: 12_000, layers: 13 },
    weights: C3,
  },
  {
    name: 'the least macs',
    groups: [conv(2), bottleneck],
    space: PRESETS.paper,
    goal: least('macs', 12),
    limits: { macs: 9e6, layers: 8 },
  },
  {
    name: 'the least layers',
    groups: [conv(2), bottleneck, k1kx],
    goal: least('layers', 60),
    limits: { params: 15_000, macs: 3e6 },
    weights: C3,
  },
  {
    name: 'the least memory',
    groups: [conv(2), bottleneck, flat(bottleneck)],
    goal: least('memory', 24),
    limits: { params: 12_000, layers: 13 },
  },
  {
    name: 'the exact estimator',
    groups: [conv(2), bottleneck, bottleneck],
    limits: { params: 12_000, layers: 16 },
    weights: C3,
    estimator: 'exact',
  },
  {
    name: 'the exact estimator, types',
    groups: [conv(2), bottleneck],
    space: PRESETS.paper,
    limits: { params: 100_000, layers: 8 },
    estimator: 'exact',
  },
];
