import fs from 'node:fs';
import path from 'node:path';
import { VSCode } from '../test/vscode/harness/vscode.ts';
import { prepare } from '../test/vscode/setup/prepare.ts';
import { packageExtension, ROOT } from '../test/vscode/setup/vsix.ts';

/** Takes the pictures of the README in real VS Code: `npm run pictures`, after something visible has changed. */
const PICTURES = path.join(ROOT, 'docs', 'pictures');

const code = await VSCode.start({
  programs: await prepare(),
  vsix: await packageExtension(),
  workspace: path.join(ROOT, 'examples'),
  open: 'r50_search.mae',
  settings: { 'workbench.activityBar.location': 'hidden' },
  window: { width: 1400, height: 760 },
});
const take = async (name: string): Promise<void> => {
  fs.mkdirSync(PICTURES, { recursive: true });
  fs.copyFileSync(await code.screenshot(name), path.join(PICTURES, `${name}.png`));
};

try {
  await code.palette('View: Toggle Primary Side Bar Visibility');
  const editor = code.editor('r50_search.mae');
  await editor.hint(/2048×15×15/);
  await editor.lens(/Run search/);
  await editor.quickFixes('btn: 256, k: 3, s: 2');
  await take('quick-fix');
  await code.page.keyboard.press('Escape');
  await code.palette('Run MAE-DET Search');
  await code.notification(/r50_start: Z/);
  await editor.waitForText(/x 7/);
  await take('found');
} finally {
  await code.dispose();
}
