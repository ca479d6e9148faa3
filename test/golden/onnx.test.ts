import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inspect } from '../../server/src/exchange/onnx/inspect.ts';
import { source } from '../unit/exchange/onnx/encode.ts';

/** What was counted from the PyTorch modules; see the README beside it. */
interface Reference {
  readonly conv_macs: number;
  readonly linear_macs: number;
  readonly convs: number;
  readonly params: number;
  readonly conv_weight_params: number;
  readonly conv_bias_params: number;
  readonly batchnorm_params: number;
  readonly params_in_linear_layers: number;
  readonly stages: readonly (readonly number[])[];
  readonly onnx: Readonly<Record<string, { readonly opset: number; readonly ops: Readonly<Record<string, number>> }>>;
}

const FOLDER = new URL('../fixtures/onnx/', import.meta.url);
const REFERENCE = JSON.parse(readFileSync(new URL('reference.json', FOLDER), 'utf8')) as Readonly<
  Record<string, Reference>
>;
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.onnx'));

function opened(file: string) {
  const outcome = inspect(source(readFileSync(new URL(file, FOLDER))));
  if (!outcome.ok) throw new Error(outcome.fault.message);
  const [name = '', kind = ''] = file.split('.');
  const reference = REFERENCE[name];
  if (reference === undefined) throw new Error(`${file} has no reference`);
  return { found: outcome.value, reference, kind };
}

test('there are all of them', () => expect(FILES).toHaveLength(27));

describe.each(FILES)('%s', (file) => {
  const { found, reference, kind } = opened(file);

  test('multiply–accumulates and convolutions', () => {
    expect(found.macs).toMatchObject({ conv: reference.conv_macs, linear: reference.linear_macs });
    expect(found.convolutions).toBe(reference.convs);
    expect(found.unknown).toEqual([]);
  });

  test('parameters', () => {
    expect(found.params.conv).toBe(reference.conv_weight_params);
    expect(found.params.total).toBe(trainedIn(file, kind, reference));
  });

  test('stages', () => {
    expect(found.stages.map(({ channels, height, width }) => [channels, height, width])).toEqual(reference.stages);
    const macs = found.stages.reduce((sum, stage) => sum + stage.macs, 0);
    expect(macs).toBeLessThanOrEqual(found.macs.conv + found.macs.linear);
    // A pyramid's convolutions belong to no stage; otherwise only linear layers are left.
    if (!file.startsWith('retinanet')) expect(macs).toBe(found.macs.conv);
  });

  test('operators', () => {
    const exported = reference.onnx[kind];
    if (exported === undefined) return;
    expect(Object.fromEntries(found.operators)).toEqual(exported.ops);
    expect(found.opset).toBe(exported.opset);
  });
});

/** What is trained in a file: all that the modules have, or what is left of it when norms are folded into convolutions. */
function trainedIn(file: string, kind: string, reference: Reference): number {
  if (kind === 'unfolded' || kind === 'train') return reference.params;
  // Zero biases of ResNet-18 are one tensor for each width there.
  if (kind === 'identity')
    return reference.conv_weight_params + reference.params_in_linear_layers + 64 + 128 + 256 + 512;
  // Its norms before convolutions stay; those of the first convolution and of the 58 bottlenecks are folded.
  if (file.startsWith('densenet')) return reference.params - (64 + 58 * 128);
  // Its convolutions have biases already, into which the norms are folded.
  if (file.startsWith('vgg')) return reference.params - reference.batchnorm_params;
  return reference.params - reference.batchnorm_params / 2;
}
