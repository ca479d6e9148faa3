import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allTools } from '../../server/src/mcp/registry.ts';
import { CLI, EXAMPLES, ended, Folder, SMALL } from './mae.ts';
import { call, connected } from './mcp-client.ts';

const MODEL = new URL('../fixtures/onnx/mobilenet_v2.folded.onnx', import.meta.url).pathname;
const LINES = SMALL.split('\n');
const line = (words: string): number => LINES.findIndex((one) => one.includes(words)) + 1;

/** What the command prints with --json, for the same input. */
const json = async (folder: Folder, ...args: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await folder.mae(...args)).stdout.trim().split('\n').at(-1) ?? '');

describe('mae mcp', () => {
  test.each([
    ['of the protocol as it is now', { versionNegotiation: { mode: 'auto' } }, '2026-07-28'],
    ['of its first version', { versionNegotiation: { mode: 'legacy' } }, '2025-11-25'],
  ] as const)('serves a client %s', async (_, options, version) => {
    const client = await connected(new Folder().path, options);
    expect(client.getNegotiatedProtocolVersion()).toBe(version);
    expect(client.getServerVersion()).toMatchObject({ name: 'mae-det' });
    expect(client.getInstructions()).toContain('check');
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(allTools().map(({ name }) => name));
    for (const { inputSchema, outputSchema, annotations, name } of tools) {
      expect([inputSchema.type, outputSchema?.['type']]).toEqual(['object', 'object']);
      expect(annotations?.readOnlyHint, name).toBe(name !== 'search');
    }
    expect((await call(client, 'check', { text: SMALL })).value).toMatchObject({ ok: true, problems: [] });
  });

  test('score gives what mae score --json gives, and what is used of the budget', async () => {
    const folder = new Folder({ 'a.mae': SMALL });
    const client = await connected(folder.path);
    const { backbones } = await json(folder, 'score', 'a.mae', '--json');
    const { value } = await call(client, 'score', { path: 'a.mae' });
    expect(value).toMatchObject({ backbones, problems: [] });
    expect(value?.['backbones']).toMatchObject([
      { budgets: [{ budget: 'tiny', cost: 'macs', limit: 20e6, holds: true }, {}] },
    ]);
    const larger = await json(folder, 'score', 'a.mae', '--json', '--at', '320x320');
    expect((await call(client, 'score', { text: SMALL, at: '320x320' })).value).toMatchObject(larger);
  });

  test('check gives places, codes and what mends them', async () => {
    const client = await connected(new Folder().path);
    const text = SMALL.replace('bottleneck(out: 16', 'bottlneck(out: 16').replace('<= 20M', '<= 1M');
    const { value } = await call(client, 'check', { text });
    const start = { line: line('stage C2'), column: 12, endLine: line('stage C2'), endColumn: 21 };
    expect(value).toMatchObject({ ok: false });
    expect(value?.['problems']).toContainEqual({
      ...start,
      severity: 'error',
      code: 'unknown-block',
      message: "There is no block 'bottlneck'. Did you mean bottleneck?",
      fixes: [{ title: 'Change bottlneck to bottleneck', edits: [{ ...start, text: 'bottleneck' }] }],
    });
  });

  test('what_if tells score and every cost before and after', async () => {
    const folder = new Folder();
    const client = await connected(folder.path);
    const wider = '  stage C4 bottleneck(out: 64, btn: 32, k: 3, s: 2) x 2';
    const { value } = await call(client, 'what_if', {
      text: SMALL,
      changes: [{ line: line('stage C4'), text: wider }],
    });
    const after = SMALL.replace(/.*stage C4.*/, wider);
    expect(value).toMatchObject({ text: after, ok: true });
    const costs = async (text: string) =>
      (await json(new Folder({ 'a.mae': text }), 'score', 'a.mae', '--json'))['backbones'] as [
        { macs: number; layers: number; score: { fanIn: number } },
      ];
    const [[old], [now]] = [await costs(SMALL), await costs(after)];
    expect(value?.['effects']).toMatchObject([
      {
        name: 'small',
        score: { before: old.score.fanIn, after: now.score.fanIn },
        costs: {
          macs: { before: old.macs, after: now.macs, change: now.macs - old.macs },
          layers: { change: 3 },
        },
      },
    ]);
  });

  test('search gives what mae search gives, and writes only where it is told to', async () => {
    const folder = new Folder({ 'a.mae': SMALL });
    const client = await connected(folder.path);
    const { value } = await call(client, 'search', { path: 'a.mae', seed: 3 });
    const { score, evaluations } = await json(folder, 'search', 'a.mae', '--json', '--seed', '3', '--out', 'cli.mae');
    expect(value).toMatchObject({ score, evaluations, seed: 3, text: folder.read('cli.mae'), stopped: 'done' });
    expect(folder.read('a.mae')).toBe(SMALL);
    const again = { path: 'a.mae', seed: 3 };
    expect((await call(client, 'search', { ...again, out: 'new.mae' })).value).toMatchObject({ written: 'new.mae' });
    expect(folder.read('new.mae')).toBe(value?.['text']);
    expect((await call(client, 'search', { ...again, out: 'a.mae' })).error).toMatch(/There is a file a\.mae already/);
    expect(folder.read('a.mae')).toBe(SMALL);
    await call(client, 'search', { ...again, out: 'a.mae', overwrite: true });
    expect(folder.read('a.mae')).toBe(value?.['text']);
  });

  test('compare, inspect', async () => {
    const folder = new Folder({ 'a.mae': SMALL });
    const client = await connected(folder.path);
    const designs = ['a.mae', `${EXAMPLES}maedet_s.mae`, 'resnet50'];
    expect((await call(client, 'compare', { designs })).value).toEqual(
      await json(folder, 'compare', ...designs, '--json'),
    );
    expect((await call(client, 'inspect', { path: MODEL })).value).toMatchObject(
      await json(folder, 'inspect', MODEL, '--json'),
    );
  });

  const refused: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
    ['check', {}, /Give either text/],
    ['check', { text: SMALL, path: 'a.mae' }, /Give either text/],
    ['check', { path: 'none.mae' }, /There is no such file/],
    ['check', { text: 7 }, /text/],
    ['score', { text: SMALL, at: 'wide' }, /'wide' is not HEIGHTxWIDTH/],
    ['what_if', { text: SMALL, changes: [] }, /changes/],
    ['what_if', { text: SMALL, changes: [{ line: 99, text: '' }] }, /There is no line 99/],
    ['search', { text: SMALL.split('budget')[0] }, /^design\.mae:1:1: .*nothing to search/],
    ['search', { text: SMALL, search: 'other' }, /^argument search: there is no search 'other'/],
    ['search', { text: SMALL, minimise: 'time' }, /^argument minimise: 'time' is not/],
    ['search', { text: SMALL, score: 3 }, /^argument score: .* add minimise COST/],
    ['search', { text: SMALL, evaluations: 0 }, /evaluations/],
    ['search', { text: SMALL.replace('<= 20M', '<= 1k') }, /budget-impossible.*No design can meet budget tiny/],
    ['search', { text: SMALL, out: 'no/such/folder.mae' }, /Cannot write/],
    ['compare', { designs: ['resnet50', 'resnet5'] }, /did you mean resnet50/],
    ['compare', { designs: ['resnet50'] }, /needs two/],
    ['inspect', { path: CLI }, /no ONNX model/],
    ['explain', { word: 'bottlenek' }, /did you mean bottleneck/i],
  ];
  test('what cannot be done is refused with a reason', async () => {
    const client = await connected(new Folder().path);
    for (const [name, input, said] of refused)
      expect((await call(client, name, input)).error, `${name} ${JSON.stringify(input)}`).toMatch(said);
  });

  test('a tool or a resource that there is not is an error of the protocol', async () => {
    const client = await connected(new Folder().path);
    await expect(client.callTool({ name: 'nothing', arguments: {} })).rejects.toThrow(/nothing/);
    await expect(client.readResource({ uri: 'mae://docs/nothing' })).rejects.toThrow();
  });
});

describe('a long search', () => {
  // In this process, where it is over before much can be told of it, and in processes of its own.
  test.each([
    [400_000, 1],
    [30_000_000, 2],
  ])('of %i evaluations is cancelled in its middle', async (evaluations, told) => {
    const folder = new Folder();
    const client = await connected(folder.path);
    const abort = new AbortController();
    const shares: number[] = [];
    const searching = call(
      client,
      'search',
      { text: SMALL, evaluations, out: 'out.mae' },
      {
        signal: abort.signal,
        onprogress: ({ progress, message }) => {
          expect(message).toMatch(/evaluations/);
          shares.push(progress);
          if (shares.length === told) abort.abort();
        },
      },
    );
    await expect(searching).rejects.toThrow();
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThan(1);
    expect((await call(client, 'explain', { word: 'budget' })).value).toBeDefined();
    expect(existsSync(folder.at('out.mae'))).toBe(false);
  });

  test('lets other calls through', async () => {
    const client = await connected(new Folder().path);
    const abort = new AbortController();
    let over = false;
    const long = call(client, 'search', { text: SMALL, evaluations: 400_000 }, { signal: abort.signal }).finally(() => {
      over = true;
    });
    const others = [call(client, 'search', { text: SMALL, seed: 1 }), call(client, 'check', { text: SMALL })];
    for (const { value } of await Promise.all(others)) expect(value).toBeDefined();
    expect(over).toBe(false);
    abort.abort();
    await expect(long).rejects.toThrow();
  });

  test('ends with its client', async () => {
    const folder = new Folder();
    const child = folder.start('mcp');
    const run = ended(child);
    const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
    const messages = [
      { id: 1, method: 'initialize', params },
      { method: 'notifications/initialized' },
      {
        id: 2,
        method: 'tools/call',
        params: { name: 'search', arguments: { text: SMALL, evaluations: 30_000_000 }, _meta: { progressToken: 1 } },
      },
    ];
    child.stdin.write(`no json\n${messages.map((m) => JSON.stringify({ jsonrpc: '2.0', ...m })).join('\n')}\n`);
    child.stdout.on('data', (chunk: string) => {
      if (chunk.includes('notifications/progress')) child.stdin.end();
    });
    const { exit, stdout } = await run;
    expect(exit).toBe(0);
    // Nothing but the protocol.
    for (const said of stdout.trim().split('\n')) expect(JSON.parse(said)).toMatchObject({ jsonrpc: '2.0' });
  });
});

test('the documentation is there to be read, and a prompt', async () => {
  const client = await connected(new Folder().path);
  const { resources } = await client.listResources();
  for (const { uri } of resources) {
    const { contents } = await client.readResource({ uri });
    expect(contents[0] !== undefined && 'text' in contents[0] ? contents[0].text.length : 0, uri).toBeGreaterThan(1000);
  }
  const page = await client.readResource({ uri: 'mae://docs/language' });
  const text = readFileSync(new URL('../../docs/language.md', import.meta.url), 'utf8').replaceAll('\r\n', '\n');
  expect(page.contents).toMatchObject([{ text, mimeType: 'text/markdown' }]);
  const description = 'a backbone for 640x640 under 5 G macs';
  const { messages } = await client.getPrompt({ name: 'design_backbone', arguments: { description } });
  expect(JSON.stringify(messages)).toContain(description);
});
