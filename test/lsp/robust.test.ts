import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { LspClient } from './client.ts';

const dist = (file: string): string => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));
const PROGRAMS: readonly (readonly string[])[] = [
  [dist('server.js'), '--stdio'],
  [dist('cli.js'), 'lsp', '--stdio'],
];

describe('what is not the protocol ends the server with a message', () => {
  test.each([
    ['a header without a length', 'Content-Type: x\r\n\r\n{}', 'without Content-Length'],
    ['a negative length', 'Content-Length: -5\r\n\r\n{}', 'no number: -5'],
    ['a length that is no number', 'Content-Length: NaN\r\n\r\n{}', 'no number: NaN'],
    ['a huge length', 'Content-Length: 99999999999\r\n\r\n{}', '99999999999 bytes'],
    ['no header at all', 'x'.repeat(10_000), 'does not end'],
  ])('%s', async (_, sent, reason) => {
    for (const program of PROGRAMS) {
      const child = spawn(process.execPath, program);
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      // The pipe stays open, as that of an editor does.
      child.stdin.on('error', () => undefined);
      child.stdin.write(sent);
      const exit = await new Promise((resolve) => child.once('close', resolve));
      expect(stderr).toContain(reason);
      expect(exit).toBe(1);
    }
  });
});

test('a request that is cancelled while another one is worked on is not worked on', async () => {
  const client = await LspClient.start();
  const group = '  + bottleneck(out: 64, btn: 32, k: 3, s: 1) x 1\n';
  const uri = await client.open(
    `backbone b {\n  input 3 x 224 x 224\n  stem conv(out: 64, k: 3, s: 2)\n${group.repeat(8_000)}}\n`,
  );
  const first = client.request('textDocument/hover', { textDocument: { uri }, position: { line: 2, character: 3 } });
  const source = new CancellationTokenSource();
  const asked = client.connection.sendRequest(
    'textDocument/formatting',
    { textDocument: { uri }, options: {} },
    source.token,
  );
  source.cancel();
  await expect(asked).rejects.toMatchObject({ code: -32800 });
  await first;
  expect(await client.stop()).toBe(0);
});

/** Node's arguments that keep a program from telling V8 anything: what the server would be without its flags. */
const UNTOLD = [
  '--import',
  `data:text/javascript,${encodeURIComponent(
    "import v8 from 'node:v8'; import { syncBuiltinESMExports } from 'node:module';" +
      'v8.setFlagsFromString = () => undefined; syncBuiltinESMExports();',
  )}`,
];

test.runIf(process.platform === 'linux').each(PROGRAMS)(
  '%s keeps its memory over 2,000 keystrokes, as it would not by the rules that V8 begins with',
  async (...program) => {
    const told = await memoryOf(program);
    expect(told.atRest).toBeLessThan(150);
    expect(told.atEnd).toBeLessThan(200);
    const untold = await memoryOf([...UNTOLD, ...program]);
    expect(told.atEnd).toBeLessThan(0.75 * untold.atEnd);
  },
  120_000,
);

/** MB of a server's process before and after 2,000 keystrokes. */
async function memoryOf(program: readonly string[]): Promise<{ atRest: number; atEnd: number }> {
  const client = await LspClient.start({ program, capabilities: { textDocument: { diagnostic: {} } } });
  const text = readFileSync(new URL('../../examples/maedet_l.mae', import.meta.url), 'utf8');
  const uri = await client.open(text);
  const textDocument = { uri };
  const range = { start: { line: 0, character: 0 }, end: { line: 60, character: 0 } };
  const ask = (): Promise<unknown> =>
    Promise.all([
      client.request('textDocument/diagnostic', { textDocument }),
      client.request('textDocument/inlayHint', { textDocument, range }),
      client.request('textDocument/semanticTokens/full', { textDocument }),
      client.request('textDocument/codeLens', { textDocument }),
      client.request('textDocument/documentSymbol', { textDocument }),
    ]);
  await ask();
  const atRest = megabytes(client.pid);
  for (let key = 0; key < 2_000; key++) {
    await client.change(uri, text.replace(/out: \d+/, `out: ${64 + (key % 90)}`));
    await ask();
  }
  const atEnd = megabytes(client.pid);
  expect(await client.stop()).toBe(0);
  return { atRest, atEnd };
}

/** What a process has in memory. */
const megabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
