import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { until } from './harness/until.ts';

const TEXT = `backbone small {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
}
`;
/** More than a gigabyte of weights, which takes its time. */
const WIDE = `backbone wide {
  input 3 x 64 x 64
  stem     conv(out: 2048, k: 3, s: 2)
  stage C2 conv(out: 2048, k: 7, s: 2)
         + conv(out: 2048, k: 7, s: 1)
}
`;
const PATIENT = { timeout: 10_000 };

const code = useVSCode({
  workspace: { 'm.mae': TEXT, 'wide.mae': WIDE },
  open: 'm.mae',
  window: { width: 1280, height: 800 },
});

async function exportAs(format: string, file: string): Promise<void> {
  await code().palette('Export Design…');
  await expect.poll(() => code().quickPick(), PATIENT).toContain(format);
  await code().pick(format);
  if (format === 'ONNX model') {
    await expect.poll(() => code().quickPick(), PATIENT).toContain('No weights');
    await code().pick('Random weights');
  }
  const dialog = code().page.locator('.quick-input-widget:visible');
  const input = dialog.locator('input.input');
  await until('the dialog', async () => (await input.inputValue().catch(() => '')).endsWith(file));
  await code().screenshot(`export-${file}`);
  await dialog.getByRole('button', { name: 'OK' }).click();
}

test('the palette writes a design as ONNX, and tells where it is', async () => {
  await code().editor('m.mae').hint(/\+\d/);
  await exportAs('ONNX model', 'small.onnx');
  await code().notification('Exported to small.onnx.');
  expect(fs.statSync(path.join(code().folder, 'small.onnx')).size).toBeGreaterThan(4 * 3 * 16 * 9);
});

test('and as TinyNAS text, which opens', async () => {
  await exportAs('TinyNAS structure', 'small.txt');
  await code().notification('Exported to small.txt.');
  await code().pressInNotification('Exported to small.txt.', 'Open');
  const shown = code().editor('small.txt');
  await shown.waitUntilShown();
  expect(await shown.text()).toMatch(/^\[\{'class'/);
});

test('one of many weights is cancelled in its notification, and leaves nothing behind', async () => {
  const editor = await code().openFile('wide.mae');
  await editor.hint(/\+\d/);
  await exportAs('ONNX model', 'wide.onnx');
  await code().notification('Exporting wide.onnx');
  await code().pressInNotification('Exporting wide.onnx', 'Cancel');
  const running = async () => (await code().notifications()).filter((text) => text.includes('Exporting wide.onnx'));
  await expect.poll(running, PATIENT).toEqual([]);
  // VS Code takes the notification away at once, and the server what it had begun to write a moment later.
  const models = () => fs.readdirSync(code().folder).filter((file) => file.includes('.onnx'));
  await expect.poll(models, PATIENT).toEqual(['small.onnx']);
});
