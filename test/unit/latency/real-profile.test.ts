import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lower } from '../../../server/src/backbone/lower.ts';
import { readDesign } from '../../../server/src/language/design.ts';
import { DeviceModel } from '../../../server/src/latency/device-model.ts';
import { graphTime } from '../../../server/src/latency/graph-time.ts';
import { readProfile } from '../../../server/src/latency/read-profile.ts';
import { writeProfile } from '../../../server/src/latency/write-profile.ts';

const EXAMPLES = new URL('../../../examples/', import.meta.url);
const TEXT = readFileSync(new URL('../../fixtures/latency/epyc.maeprofile.json', import.meta.url), 'utf8');

function profile() {
  const read = readProfile(TEXT);
  if (read.kind === 'fault') throw new Error(read.message);
  return read.profile;
}

describe('a profile that mae profile made', () => {
  test('is written as it was read', () => {
    const made: unknown = JSON.parse(writeProfile(profile()));
    expect(made).toEqual(JSON.parse(TEXT));
  });

  test.each(readdirSync(EXAMPLES).filter((file) => file.endsWith('.mae')))(
    'predicts %s, and four times as many positions at one and a half to six times the time',
    (file) => {
      const model = new DeviceModel(profile());
      for (const { backbone } of readDesign(readFileSync(new URL(file, EXAMPLES), 'utf8')).backbones) {
        if (backbone === undefined) throw new Error(`${file} cannot be read`);
        const { input } = backbone;
        const ms = graphTime(model, lower(backbone));
        const larger = graphTime(
          model,
          lower({ ...backbone, input: { ...input, height: 2 * input.height, width: 2 * input.width } }),
        );
        expect(ms).toBeGreaterThan(1);
        expect(larger / ms).toBeGreaterThan(1.5);
        expect(larger / ms).toBeLessThan(6);
      }
    },
  );
});
