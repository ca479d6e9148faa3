import { afterEach, expect, test } from 'vitest';
import type { CompareAnswer, PictureAnswer } from '../../server/src/server/protocol.ts';
import { LspClient } from './client.ts';

const TEXT = `backbone small {
  input 3 x 256 x 256
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1
}
`;

const running: LspClient[] = [];
async function start(): Promise<LspClient> {
  const client = await LspClient.start();
  running.push(client);
  return client;
}
afterEach(async () => {
  for (const client of running.splice(0)) expect(await client.stop()).toBe(0);
});

test('the picture belongs to the version that was asked for', async () => {
  const client = await start();
  const uri = await client.open(TEXT);
  const picture = () => client.request<PictureAnswer>('mae/picture', { uri });
  expect(await picture()).toMatchObject({
    version: 1,
    backbones: [{ name: 'small', groups: [{ from: 2 }, { from: 3 }] }],
  });
  const version = await client.change(uri, `\n${TEXT}`);
  expect(await picture()).toMatchObject({ version, backbones: [{ groups: [{ from: 3 }, { from: 4 }] }] });
  expect(await client.request<PictureAnswer>('mae/picture', { uri: 'file:///closed.mae' })).toBeNull();
});

test('the comparison has the backbones of the file and the published ones', async () => {
  const client = await start();
  const uri = await client.open(TEXT);
  const answer = await client.request<CompareAnswer>('mae/compare', { uri });
  expect(answer?.estimator).toBe('fan-in');
  expect(answer?.designs.map((d) => d.id)).toEqual([
    'file:small',
    'built-in:maedet_l',
    'built-in:maedet_m',
    'built-in:maedet_s',
    'built-in:mobilenetv2',
    'built-in:resnet101',
    'built-in:resnet50',
  ]);
  const medium = answer?.designs.find((d) => d.name === 'maedet_m');
  expect(medium?.costs['layers']).toBe(91);
  expect(medium?.stages.map((s) => s.blocks)).toEqual([1, 2, 10, 10, 8]);
  expect(await client.request<CompareAnswer>('mae/compare', { uri: 'file:///closed.mae' })).toBeNull();
});
