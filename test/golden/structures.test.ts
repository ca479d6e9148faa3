import { describe, expect, test } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { backboneOf, type StructureCase, square, structureCases, titleOf } from './structures.ts';

const relative = (actual: number, expected: number): number => Math.abs(actual / expected - 1);
const titled = structureCases.map((c, i): [string, StructureCase] => [titleOf(c, i), c]);

test('there are 138 golden structures', () => expect(structureCases).toHaveLength(138));

describe('lowering and costs equal the authors’ modules', () => {
  test.each(titled)('%s', (_, c) => {
    for (const [size, macs] of Object.entries(c.macs)) {
      const [height = 0, width = 0] = size.split('x').map(Number);
      const { network, costs: cost } = analyse(backboneOf(c.structure_info, { channels: 3, height, width }));
      expect(cost.macs).toBe(macs);
      expect([cost.weights, cost.params]).toEqual([c.conv_params, c.conv_bn_params]);
      expect(cost.layers).toBe(c.conv_layers_on_main_path);
      expect(network.groups.map((g) => [g.channels, g.height, g.width])).toEqual(c.block_out[size]);
    }
  });
});

describe('scores and counts equal TinyNAS', () => {
  test.each(titled)('%s', (_, c) => {
    const result = analyse(backboneOf(c.structure_info, square(480)));
    expect(relative(result.costs.tinynas, c.tinynas.flops_480)).toBeLessThan(1e-9);
    expect(relative(result.costs.params, c.tinynas.model_size)).toBeLessThan(1e-9);
    expect(result.stages.map((s) => s.lowered.channels)).toEqual(c.tinynas.stage_channels);
    result.stages.forEach((stage, i) => {
      expect(relative(stage.entropy.fanIn, c.tinynas.stage_entropy[i] ?? Number.NaN)).toBeLessThan(1e-9);
    });
    expect(relative(result.score.fanIn, c.tinynas.madnas)).toBeLessThan(1e-9);
    const { deepmad_11118_480: deepmad } = c.tinynas;
    if (deepmad !== undefined) expect(relative(result.score.deepmad, deepmad)).toBeLessThan(1e-9);
  });
});

test('most structures have a DeepMAD score to compare with', () => {
  expect(structureCases.filter((c) => c.tinynas.deepmad_11118_480 !== undefined)).toHaveLength(78);
});
