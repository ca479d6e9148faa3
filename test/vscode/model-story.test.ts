import fs from 'node:fs';
import { expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { Webview } from './harness/webview.ts';

const golden = (file: string): Uint8Array => fs.readFileSync(new URL(`../fixtures/onnx/${file}`, import.meta.url));

const code = useVSCode({
  workspace: { 'resnet50.onnx': golden('resnet50.folded.onnx'), 'notes.txt': 'nothing of ours\n' },
  open: 'notes.txt',
  window: { width: 1280, height: 800 },
});
const view = () => new Webview(code(), 'model');

test('a model is imported as a design, with its numbers at the lines', async () => {
  await code().quickOpen('resnet50.onnx');
  await view().waitFor('.summary', /Input/);
  await view().click('#import');
  const editor = code().editor('Untitled-1');
  await editor.hint(/\+\d/);
  const text = await editor.text();
  expect(text).toMatch(/^\/\/ From resnet50\.onnx, an ONNX model, exact/);
  expect(text).toContain('stage C5 bottleneck(out: 2048, btn: 512, k: 3, s: 2, shortcut: conv) x 3');
  expect(await editor.squiggles()).toEqual([]);
  await code().screenshot('model-imported');
});

test('a better backbone at its cost is found, and both stand side by side', async () => {
  await code().quickOpen('resnet50.onnx');
  await view().click('#improve');
  await code().notification('resnet50: score 1174.3 → 1237.9, proven best');
  const diff = code().page.locator('.monaco-diff-editor').first();
  await diff.waitFor();
  const sides = diff.locator('.editor.original, .editor.modified');
  await expect
    .poll(async () => (await sides.allInnerTexts()).join('\n').replaceAll('\u00a0', ' '))
    .toContain('same_cost');
  await code().screenshot('model-improved');
});
