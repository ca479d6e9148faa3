import { afterEach, expect, test } from 'vitest';
import type { CompareAnswer, NumbersAnswer, PictureAnswer } from '../../server/src/server/protocol.ts';
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

test('the numbers belong to the version that was asked for, or to the text that was given', async () => {
  const client = await start();
  const uri = await client.open(TEXT);
  const numbers = (text?: string) => client.request<NumbersAnswer>('mae/numbers', { uri, ...(text && { text }) });
  const version = await client.change(uri, TEXT.replace('out: 64', 'out: 80'));
  const shapes = (answer: NumbersAnswer) => answer?.backbones[0]?.groups.map((g) => g.shape.channels);
  const answer = await numbers();
  expect(answer?.version).toBe(version);
  expect(shapes(answer)).toEqual([16, 80]);
  // As the file was saved: nothing of it is kept or published.
  expect(shapes(await numbers(TEXT))).toEqual([16, 64]);
  expect(shapes(await numbers())).toEqual([16, 80]);
  expect(await client.request<NumbersAnswer>('mae/numbers', { uri: 'file:///closed.mae' })).toBeNull();
});

const MEDIUM = 'built-in#maedet_m';

test('the comparison has the backbones of the files and the published ones', async () => {
  const client = await start();
  const uri = await client.open(TEXT);
  const answer = await client.request<CompareAnswer>('mae/compare', { files: [{ uri }] });
  expect(answer.estimator).toBe('fanIn');
  expect(answer.files.map((f) => [f.uri, f.designs.map((d) => d.id)])).toEqual([[uri, [`${uri}#small`]]]);
  expect(answer.published.map((d) => d.id)).toEqual([
    'built-in#detnas_3_8g',
    'built-in#efficientnet_b0',
    'built-in#maedet_l',
    'built-in#maedet_m',
    'built-in#maedet_s',
    'built-in#mobilenetv2',
    'built-in#regnetx_400mf',
    'built-in#resnet18',
    'built-in#resnet50',
    'built-in#resnet101',
    'built-in#resnext50_32x4d',
    'built-in#shufflenetv2_1_0',
    'built-in#spinenet49',
    'built-in#spinenet96',
  ]);
  const medium = answer.published.find((d) => d.id === MEDIUM);
  expect(medium?.costs.layers).toBe(91);
  expect(medium?.stages.map((s) => s.blocks)).toEqual([1, 2, 10, 10, 8]);
});

test('a text that is open nowhere is compared as it was given, an open one as its editor has it', async () => {
  const client = await start();
  const uri = await client.open(TEXT);
  await client.change(uri, TEXT.replace('out: 64', 'out: 80'));
  const closed = 'file:///closed.mae';
  const files = [
    { uri, text: TEXT },
    { uri: closed, text: TEXT.replace('small', 'other') },
    { uri: 'file:///none.mae' },
  ];
  const answer = await client.request<CompareAnswer>('mae/compare', { files });
  expect(answer.files.map((f) => f.designs.map((d) => [d.id, d.stages.at(-1)?.channels]))).toEqual([
    [[`${uri}#small`, 80]],
    [[`${closed}#other`, 64]],
    [],
  ]);
  // Nothing is published about a text that nobody opened.
  expect([...client.diagnostics.keys()]).not.toContain(closed);
});

test('errors are said with their place; an exceeded budget is none', async () => {
  const client = await start();
  const budget = '  within tiny\n}\nbudget tiny { layers <= 1 }\n';
  const files = [
    {
      uri: 'file:///a.mae',
      text: TEXT.replace('conv(out: 16', 'conv(out: many').replace('k: 3, s: 2) x 1', 'k: 3, s: 9) x 1'),
    },
    { uri: 'file:///b.mae', text: TEXT.replace('}\n', budget) },
  ];
  const answer = await client.request<CompareAnswer>('mae/compare', { files });
  expect(answer.files[0]).toEqual({
    uri: 'file:///a.mae',
    designs: [],
    errors: { count: 2, first: { line: 3, message: expect.stringContaining("'many'") } },
  });
  expect(answer.files[1]?.errors).toBeUndefined();
  expect(answer.files[1]?.designs).toHaveLength(1);
});

test('all at one size, as a person types it, or the reason why not', async () => {
  const client = await start();
  const uri = await client.open(TEXT);
  const at = (size: string) => client.request<CompareAnswer>('mae/compare', { files: [{ uri }], at: size });
  const answer = await at(' 320 X 640 ');
  const designs = [...answer.files.flatMap((f) => f.designs), ...answer.published];
  expect(new Set(designs.map(({ input }) => `${input.height}x${input.width}`))).toEqual(new Set(['320x640']));
  expect(designs[0]?.ownInput).toEqual({ channels: 3, height: 256, width: 256 });
  // Costs of convolutions follow the number of positions; parameters do not.
  const own = await client.request<CompareAnswer>('mae/compare', { files: [{ uri }] });
  const costs = own.files[0]?.designs[0]?.costs;
  expect(designs[0]?.costs.macs).toBe(((costs?.macs ?? 0) * 320 * 640) / 256 / 256);
  expect(designs[0]?.costs.params).toEqual(costs?.params);
  expect(await at('320x640')).toEqual(answer);
  expect(await at('12')).toEqual({ ...own, atProblem: "'12' is not HEIGHTxWIDTH, such as 800x1280." });
  expect((await at('0x99999')).atProblem).toBe('The input size must be a whole number from 1 to 16,384, not 0.');
});
