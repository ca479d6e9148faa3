import { expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { until } from './harness/until.ts';

const TEXT = `backbone small {
  input 3 x 64 x 64
  stem conv(out: 16, k: 3, s: 2)
}
`;
const code = useVSCode({
  workspace: { 'small.mae': TEXT },
  open: 'small.mae',
  // Agents are what this test is about.
  settings: { 'chat.disableAIFeatures': false },
});

test('the server of the tools is among those of VS Code, and starts', async () => {
  await code().editor('small.mae').hint(/H /);
  await code().palette('MCP: List Servers');
  const rows = () => code().page.locator('.quick-input-widget:visible .monaco-list-row');
  await until('the server in the list', async () => (await rows().filter({ hasText: 'MAE-DET' }).count()) > 0);
  await rows().filter({ hasText: 'MAE-DET' }).first().click();
  await rows().filter({ hasText: 'Start Server' }).first().click();
  // What it found stands in the server's log, which VS Code shows by itself, though not always in front.
  await code().output('MCP: MAE-DET', /Discovered 7 tools/);
  await code().screenshot('agents-server');
  // What an extension brings is trusted as the extension is.
  expect(await code().page.locator('.monaco-dialog-box').count()).toBe(0);
});
