import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { noticesOf } from '../../../scripts/notices.ts';

test('every package of a bundle stands there with its terms, and none that left nothing in it', async () => {
  const contents =
    "import { distance } from 'fastest-levenshtein'; import { t } from '@vscode/l10n'; console.log(distance);";
  const { metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const text = await noticesOf([metafile]);
  expect(text).toMatch(/^fastest-levenshtein \d+\.\d+\.\d+ \(MIT\)\n\nMIT License[\s\S]*Copyright/m);
  expect(text).not.toContain('@vscode/l10n');
});
