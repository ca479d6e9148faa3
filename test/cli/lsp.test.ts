import { describe, expect, test } from 'vitest';
import { ended, Folder } from './mae.ts';

const message = (body: object): string => {
  const text = JSON.stringify({ jsonrpc: '2.0', ...body });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

describe('mae lsp --stdio', () => {
  test('is the language server: it answers, pushes diagnostics to a client that cannot pull, and ends when told', async () => {
    const child = new Folder().start('lsp', '--stdio', `--clientProcessId=${process.pid}`);
    const run = ended(child);
    const heard = (part: string): Promise<void> =>
      new Promise((resolve) => {
        let text = '';
        child.stdout.on('data', (chunk: string) => {
          text += chunk;
          if (text.includes(part)) resolve();
        });
      });
    const answered = heard('"capabilities"');
    child.stdin.write(
      message({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } }),
    );
    await answered;
    const pushed = heard('publishDiagnostics');
    child.stdin.write(message({ method: 'initialized', params: {} }));
    const textDocument = { uri: 'file:///a.mae', languageId: 'mae', version: 1, text: 'backbon x {}' };
    child.stdin.write(message({ method: 'textDocument/didOpen', params: { textDocument } }));
    await pushed;
    child.stdin.write(message({ id: 2, method: 'shutdown' }) + message({ method: 'exit' }));
    const { exit, stdout } = await run;
    expect(stdout).toContain('"code":"syntax"');
    expect(exit).toBe(0);
  });

  test('without --stdio it says what it needs', async () => {
    const { exit, stderr } = await new Folder().mae('lsp');
    expect(stderr).toContain("required option '--stdio' not specified");
    expect(exit).toBe(2);
  });
});
