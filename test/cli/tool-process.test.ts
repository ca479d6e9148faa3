import { afterEach, expect, test } from 'vitest';
import { ToolProcess } from '../../client/src/agents/tool-process.ts';
import { CLI, Folder, SMALL } from './mae.ts';

const NEVER = new AbortController().signal;
const opened: ToolProcess[] = [];
afterEach(() => {
  for (const tools of opened.splice(0)) tools.dispose();
});

function toolsIn(folder: Folder): ToolProcess {
  const tools = new ToolProcess(CLI, () => folder.path);
  opened.push(tools);
  return tools;
}

test('a tool answers, or says why it cannot; several may be asked at once', async () => {
  const tools = toolsIn(new Folder({ 'a.mae': SMALL }));
  const [check, none] = await Promise.all([
    tools.call('check', { path: 'a.mae' }, NEVER),
    tools.call('check', {}, NEVER),
  ]);
  expect(check.failed).toBe(false);
  expect(JSON.parse(check.text)).toMatchObject({ ok: true });
  expect(none).toMatchObject({ failed: true, text: expect.stringMatching(/Give either text/) });
});

test('a search is cancelled, and the next call answered', async () => {
  const tools = toolsIn(new Folder());
  const abort = new AbortController();
  const search = tools.call('search', { text: SMALL, evaluations: 400_000 }, abort.signal);
  await tools.call('check', { text: SMALL }, NEVER);
  abort.abort();
  await expect(search).rejects.toThrow('Cancelled.');
  expect((await tools.call('check', { text: SMALL }, NEVER)).failed).toBe(false);
});

test('where the process does not start or ends, the call says so and the next one starts another', async () => {
  const folder = new Folder({ 'cli.js': 'process.exit(3)' });
  const tools = new ToolProcess(folder.at('cli.js'), () => folder.path);
  await expect(tools.call('check', {}, NEVER)).rejects.toThrow('ended with 3');
  await expect(tools.call('check', {}, NEVER)).rejects.toThrow('ended with 3');
});
