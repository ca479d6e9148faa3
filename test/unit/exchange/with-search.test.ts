import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Backbone } from '../../../server/src/backbone/backbone.ts';
import { inspect } from '../../../server/src/exchange/onnx/inspect.ts';
import { recognise } from '../../../server/src/exchange/onnx/recognise/recognise.ts';
import { withSearch } from '../../../server/src/exchange/with-search.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { printBackbone } from '../../../server/src/language/print.ts';
import { spaceAround } from '../../../server/src/space/around.ts';
import { violations } from '../../../server/src/space/constraints.ts';
import { source } from './onnx/encode.ts';

const ROOT = join(import.meta.dirname, '../../..');

const examples = globSync('examples/*.mae', { cwd: ROOT }).flatMap((file) =>
  snapshotOf(readFileSync(join(ROOT, file), 'utf8')).design.backbones.flatMap(({ backbone }) => backbone ?? []),
);
const models = globSync('test/fixtures/onnx/*.folded.onnx', { cwd: ROOT }).flatMap((file): Backbone[] => {
  const inspected = inspect(source(readFileSync(join(ROOT, file))));
  const found = inspected.ok ? recognise(inspected.value.network, basename(file).replaceAll('.', '_')) : undefined;
  return found?.ok === true ? [found.value.backbone] : [];
});

test('there are some', () => expect([examples.length > 15, models.length > 9]).toEqual([true, true]));

describe.each([...examples, ...models].map((backbone) => [backbone.name, backbone] as const))('%s', (_, backbone) => {
  test('lies in the space around it', () => {
    expect(violations(backbone, spaceAround(backbone, 'around'))).toEqual([]);
  });

  test('with a search is a text without a word against it, which starts within its budget and its space', () => {
    const { problems, backbones } = snapshotOf(withSearch(printBackbone(backbone)));
    // What a weight of the example is for an input so small, and how deep it is, is for others to tell.
    const told = ['unweighed', 'depth-beyond-evidence'];
    expect(problems.filter(({ code }) => !told.includes(code))).toEqual([]);
    expect(backbones[0]?.searches).toHaveLength(1);
    expect(backbones[0]?.searches[0]?.space).toBeDefined();
  });
});

test('only what a backbone needs is widened, and said', () => {
  const text = withSearch(`backbone net {
  input 3 x 224 x 224
  stem     conv(out: 64, k: 7, s: 2)
  stage C2 bottleneck(out: 516, btn: 24, k: 3, s: 2) x 5
}
`);
  expect(text).toContain(`budget same_cost {
  macs   <= `);
  expect(text).toContain(`space around_it {
  like              tinynas
  out               8..2048 step 4
  growth            8.07
  squeeze           21.5
  first-depth       5
  depth-from-layers no
  stem              { out ..64 }
}
`);
});

test('a text of two backbones is left as it is', () => {
  const two = 'backbone a {\n}\nbackbone b {\n}\n';
  expect(withSearch(two)).toBe(two);
});
