import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  CodeAction,
  CompletionItem,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  Range,
  SemanticTokens,
  SignatureHelp,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { SAMPLE } from '../unit/features/sample.ts';
import { LspClient } from './client.ts';

let client: LspClient;
let uri: string;
beforeAll(async () => {
  client = await LspClient.start();
  uri = await client.open(SAMPLE);
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
});

function place(piece: string, offset = 0) {
  const before = SAMPLE.slice(0, SAMPLE.indexOf(piece) + offset).split('\n');
  return { line: before.length - 1, character: before[before.length - 1]?.length ?? 0 };
}
const ask = <R>(method: string, position: { line: number; character: number }, more: object = {}) =>
  client.request<R>(`textDocument/${method}`, { textDocument: { uri }, position, ...more });
const textIn = ({ start, end }: Range): string =>
  (SAMPLE.split('\n')[start.line] ?? '').slice(start.character, end.character);

describe('every feature answers over the protocol', () => {
  test('hover', async () => {
    const hover = await ask<Hover>('hover', place('bottleneck(out: 512'));
    expect(JSON.stringify(hover.contents)).toContain('fan-in');
  });

  test('completion', async () => {
    const items = await ask<CompletionItem[]>('completion', place('within r50', 7));
    expect(items.map((i) => i.label)).toContain('r50');
  });

  test('completion knows why it is asked, and the files to begin with', async () => {
    const textDocument = { uri: await client.open('search {\n  seed 0 \n}\n', 'file:///seed.mae') };
    const position = { line: 1, character: 9 };
    const complete = (params: object): Promise<CompletionItem[]> => client.request('textDocument/completion', params);
    const byHand = await complete({ textDocument, position, context: { triggerKind: 1 } });
    expect(byHand.map((i) => i.label)).toContain('population');
    const bySpace = { triggerKind: 2, triggerCharacter: ' ' };
    expect(await complete({ textDocument, position, context: bySpace })).toEqual([]);
    const empty = { uri: await client.open('', 'file:///empty.mae') };
    const items = await complete({ textDocument: empty, position: { line: 0, character: 0 } });
    expect(items.map((i) => i.label)).toEqual(
      expect.arrayContaining(['search', 'first_search', 'resnet18', 'maedet_s']),
    );
  });

  test('signature help', async () => {
    const help = await ask<SignatureHelp>('signatureHelp', place('btn: 112', 5));
    expect(help.signatures[0]?.label).toMatch(/^bottleneck\(/);
  });

  test('formatting: the sample is laid out already; a mess becomes it', async () => {
    const options = { tabSize: 2, insertSpaces: true };
    expect(await client.request('textDocument/formatting', { textDocument: { uri }, options })).toEqual([]);
    const mess = await client.open('backbone  n{input 3 x 8 x 8\nstem conv(out:8,k:3,s:2)}', 'file:///mess.mae');
    const edits = await client.request<TextEdit[]>('textDocument/formatting', { textDocument: { uri: mess }, options });
    expect(edits.length).toBeGreaterThan(0);
  });

  test('document links', async () => {
    const paper = await client.open('// As in arXiv:2111.13336, grown from ./start.mae.\n', 'file:///nets/paper.mae');
    const links = await client.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri: paper } });
    expect(links.map((link) => link.target)).toEqual(['https://arxiv.org/abs/2111.13336', 'file:///nets/start.mae']);
    expect(links[0]?.range).toEqual({ start: { line: 0, character: 9 }, end: { line: 0, character: 25 } });
  });

  test('formatting of a range, and of what was just finished', async () => {
    const text = 'search a{seed  1}\n\nsearch b{seed  1}';
    const messy = await client.open(text, 'file:///messy.mae');
    const options = { tabSize: 2, insertSpaces: true };
    const textDocument = { uri: messy };
    const lines = (edits: readonly TextEdit[]): number[] => [...new Set(edits.map((e) => e.range.start.line))];
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 17 } };
    const inRange = await client.request<TextEdit[]>('textDocument/rangeFormatting', { textDocument, range, options });
    expect(lines(inRange)).toEqual([2]);
    const typed = await client.request<TextEdit[]>('textDocument/onTypeFormatting', {
      textDocument,
      position: { line: 0, character: 17 },
      ch: '}',
      options,
    });
    expect(lines(typed)).toEqual([0]);
  });

  test('everything that leaves no choice is mended by one action, for who asks for it', async () => {
    const wrong = await client.open('search { sed 1 populaton 2 }', 'file:///wrong.mae');
    const ask = (only: string[]) =>
      client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: wrong },
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        context: { diagnostics: [], only },
      });
    for (const only of ['source.fixAll', 'source.fixAll.mae']) {
      expect((await ask([only])).map((a) => [a.kind, a.title])).toEqual([['source.fixAll.mae', 'Fix 2 problems']]);
    }
    expect(await ask(['refactor'])).toEqual([]);
  });

  test('outline and folding', async () => {
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
    expect(symbols.map((s) => s.name)).toEqual(['maedet_m', 'r50_start', 'r50', expect.stringContaining('search')]);
    const folds = await client.request<FoldingRange[]>('textDocument/foldingRange', { textDocument: { uri } });
    expect(folds).toContainEqual(expect.objectContaining({ startLine: place('backbone maedet_m').line }));
  });

  test('definition, references, highlights and rename of a name', async () => {
    const use = place('start r50_start', 8);
    const definition = await ask<Location>('definition', use);
    expect(definition.range.start).toEqual(place('r50_start {'));
    const references = await ask<Location[]>('references', use, { context: { includeDeclaration: true } });
    expect(references.map((r) => textIn(r.range))).toEqual(['r50_start', 'r50_start']);
    expect(await ask<unknown[]>('documentHighlight', use)).toHaveLength(2);
    expect(await ask('prepareRename', use)).toMatchObject({ placeholder: 'r50_start' });
    const edit = await ask<WorkspaceEdit>('rename', use, { newName: 'tiny' });
    const [change] = edit.documentChanges ?? [];
    expect(change).toMatchObject({
      textDocument: { uri, version: 1 },
      edits: [{ newText: 'tiny' }, { newText: 'tiny' }],
    });
    await expect(ask('rename', use, { newName: 'stage' })).rejects.toThrow();
    await expect(ask('rename', use, { newName: 'maedet_m' })).rejects.toThrow(/already/);
  });

  test('semantic tokens and selection ranges', async () => {
    const tokens = await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri } });
    expect(tokens.data.length % 5).toBe(0);
    expect(tokens.data.length).toBeGreaterThan(100);
    const part = await client.request<SemanticTokens>('textDocument/semanticTokens/range', {
      textDocument: { uri },
      range: { start: place('search {'), end: place('search {', 6) },
    });
    expect(part.data.length).toBe(5);
    const positions = [place('btn: 112', 6)];
    const ranges = await client.request<unknown[]>('textDocument/selectionRange', { textDocument: { uri }, positions });
    expect(ranges).toHaveLength(1);
  });
});

test('a client without versioned edits gets plain ones', async () => {
  const plain = await LspClient.start({ capabilities: { workspace: { workspaceEdit: {} } } });
  const file = await plain.open(SAMPLE);
  const params = { textDocument: { uri: file }, position: place('r50_start {'), newName: 'tiny' };
  const edit = await plain.request<WorkspaceEdit>('textDocument/rename', params);
  expect(edit.changes?.[file]).toHaveLength(2);
  expect(edit.documentChanges).toBeUndefined();
  expect(await plain.stop()).toBe(0);
});

test('why an action cannot be had is told to editors that show it', async () => {
  const text = `backbone b {\n  input 3 x 64 x 64\n  stem conv(out: 16, k: 3, s: 2)\n${'+ basic(out: 64, btn: 32, k: 3, s: 1)\n'.repeat(120)}}`;
  const reasons = async (disabledSupport: boolean): Promise<string[]> => {
    const own = await LspClient.start({ capabilities: { textDocument: { codeAction: { disabledSupport } } } });
    const textDocument = { uri: await own.open(text) };
    const position = { line: 9, character: 8 };
    const context = { diagnostics: [], triggerKind: 1 };
    const range = { start: position, end: position };
    const actions = await own.request<CodeAction[]>('textDocument/codeAction', { textDocument, range, context });
    await own.stop();
    expect(actions.length).toBeGreaterThan(1);
    return actions.flatMap((action) => action.disabled?.reason ?? []);
  };
  expect(await reasons(true)).toEqual([expect.stringContaining('up to 120 groups')]);
  expect(await reasons(false)).toEqual([]);
});
