import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Backbone } from '../../../../server/src/backbone/backbone.ts';
import { ONNX } from '../../../../server/src/exchange/formats/onnx.ts';
import { infer } from '../../../../server/src/exchange/onnx/infer.ts';
import { readOnnx } from '../../../../server/src/exchange/onnx/read-model.ts';
import { recognise } from '../../../../server/src/exchange/onnx/recognise/recognise.ts';
import { readDesign } from '../../../../server/src/language/design.ts';
import { printBackbone } from '../../../../server/src/language/print.ts';
import { source } from '../onnx/encode.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const EXAMPLES = globSync('examples/**/*.mae', { cwd: ROOT }).flatMap((file) =>
  readDesign(readFileSync(join(ROOT, file), 'utf8')).backbones.flatMap(({ backbone }): [string, Backbone][] =>
    backbone === undefined ? [] : [[`${basename(file)} ${backbone.name}`, backbone]],
  ),
);

/** The text, in which nodes are called by their places. */
function unnamed(backbone: Backbone): string {
  const { wiring } = backbone;
  if (wiring === undefined) return printBackbone(backbone);
  const nodes = wiring.nodes.map((wire, index) =>
    /^(stem)?$/.test(wire.name) ? wire : { ...wire, name: `n${index}` },
  );
  return printBackbone({ ...backbone, wiring: { ...wiring, nodes } });
}

test('there are examples', () => expect(EXAMPLES.length).toBeGreaterThan(20));

describe('an example that goes out as ONNX comes back as it was', () => {
  test.each(EXAMPLES)('%s', (_, backbone) => {
    const outcome = ONNX.export({ backbone, detector: undefined }, { weights: 'none', seed: 0, file: 'net.onnx' });
    if (!outcome.ok || typeof outcome.content === 'string') throw new Error('it was not written');
    const model = readOnnx(source(Buffer.concat([...outcome.content])));
    if (!model.ok) throw new Error(model.fault.message);
    const network = infer(model.value, undefined);
    if (!network.ok) throw new Error(network.fault.message);
    const recognised = recognise(network.value, backbone.name);
    if (!recognised.ok) throw new Error(recognised.why);
    const { exact, differences, notes, backbone: found } = recognised.value;
    expect({ exact, differences, notes }).toEqual({ exact: true, differences: [], notes: [] });
    // Which stages weigh is not in a model, nor what the text calls its nodes.
    expect(unnamed({ ...found, weights: backbone.weights })).toBe(unnamed(backbone));
  });
});
