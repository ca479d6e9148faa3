import type { Frame } from 'playwright-core';
import { expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { until } from './harness/until.ts';

const TEXT = `backbone small {
  input 3 x 64 x 64
  stem conv(out: 16, k: 3, s: 2)
}
`;
const code = useVSCode({ workspace: { 'small.mae': TEXT }, open: 'small.mae' });

/** The page that VS Code's preview draws of the glossary. */
const glossary = (): Promise<Frame> =>
  until('the glossary', async () => {
    for (const frame of code().page.frames()) {
      const found = await frame
        .locator('#pareto-front')
        .count()
        .catch(() => 0);
      if (found > 0) return frame;
    }
    return undefined;
  });

test('a word in a hover leads to its entry in the glossary that came with the extension', async () => {
  const editor = code().editor('small.mae');
  await editor.hint(/H /);
  expect(await editor.hover('small {')).toMatch(/Z, the score, weighs the entropies/);
  await code()
    .page.locator('.monaco-hover:not(.hidden) a', { hasText: /^score$/ })
    .first()
    .click();
  const page = await glossary();
  // The entry is in view, though it stands far below the first.
  const entry = page.locator('#score');
  await expect
    .poll(() => entry.evaluate((node) => node.getBoundingClientRect().top), { timeout: 20_000 })
    .toBeLessThan(500);
  await code().screenshot('glossary');
});
