import fc from 'fast-check';
import { detectorTask, r50Task } from '../../bench/tasks.ts';
import { type Backbone, type BlockKind, type Group, group } from '../../server/src/backbone/backbone.ts';
import { conventions } from '../../server/src/cost/registry.ts';
import { DEFAULT_TASK, type SearchTask } from '../../server/src/search/task.ts';

export { detectorTask, r50Task };

const width = fc.integer({ min: 1, max: 64 }).map((n) => 8 * n);
const stride = fc.constantFrom(1, 2);
const kernel = fc.constantFrom(3, 5);

const block = fc
  .record({
    block: fc.constantFrom<BlockKind>('bottleneck', 'basic', 'k1kx', 'inverted'),
    out: width,
    btn: width,
    expanded: fc.boolean(),
    kernel,
    stride,
    depth: fc.integer({ min: 1, max: 3 }),
    shortcut: fc.constantFrom('pool' as const, 'conv' as const),
    strided: fc.constantFrom('first' as const, 'second' as const),
    se: fc.boolean(),
  })
  .map(
    ({ expanded, ...g }): Group =>
      group({
        ...g,
        btn: g.block === 'inverted' && !expanded ? 0 : g.btn,
        se: g.block === 'inverted' && g.se,
        strided: g.block === 'basic' ? g.strided : 'second',
      }),
  );

const stem = fc
  .record({ out: width, kernel: fc.constantFrom(3, 7), stride, pool: fc.boolean() })
  .map(({ pool, ...g }) => [
    group({ block: 'conv', ...g }),
    ...(pool ? [group({ block: 'maxpool', kernel: 3, stride: 2 })] : []),
  ]);

/** Any backbone of the language, small enough to be analysed often; no space's constraints are held. */
export const backbones: fc.Arbitrary<Backbone> = fc
  .record({
    // Six halvings leave 8 positions a side, on which a kernel of 5 is still allowed.
    height: fc.integer({ min: 512, max: 700 }),
    width: fc.integer({ min: 512, max: 700 }),
    stem,
    blocks: fc.array(block, { minLength: 1, maxLength: 4 }),
    C2: fc.constantFrom(0, 1, 2.5),
  })
  .map(({ height, width, stem, blocks, C2 }) => ({
    name: 'random',
    input: { channels: 3, height, width },
    weights: { C2, C3: 1, C4: 1, C5: 6 },
    groups: [...stem, ...blocks],
  }));

export const taskFor = (start: Backbone, fields: Partial<SearchTask> = {}): SearchTask => ({
  ...DEFAULT_TASK,
  start,
  budget: {
    name: 'all',
    limits: [...conventions(), 'params', 'layers', 'memory'].map((cost) => ({ cost, amount: 1e15 })),
  },
  ...fields,
});

/** Long enough for a dozen epochs. */
export const checkpointTask: SearchTask = { ...r50Task, evaluations: 1_000_000 };
