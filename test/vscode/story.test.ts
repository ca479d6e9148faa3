import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';

/** The story of the product on a small task: everything a person does from opening the file to saving the result. */
const TEXT = `// A detector backbone for a laptop.
backbone small {
  input 3 x 256 x 256

  stem     conv(out: 16, k: 3, s: 2)                          // half the resolution
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C4 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1      // most of the work
  stage C5 bottleneck(out: 512, btn: 96, k: 3, s: 2) x 1
}

budget laptop {
  macs   <= 400M
  layers <= 40
}

search {
  start small
  within laptop
  evaluations 20000
  seed 1
}
`;

describe('from a file to a better backbone', () => {
  const code = useVSCode({ workspace: { 'small.mae': TEXT }, open: 'small.mae' });

  test('hints stand at the end of each group line, lenses over backbone and search', async () => {
    const editor = code().editor('small.mae');
    await editor.hint(/16×128×128 · H .* macs/, 5);
    await editor.hint(/512×8×8/, 9);
    await editor.lens(/Z \d+\.\d \(fan-in\) · .* macs, \d+ % of laptop/);
    await editor.lens(/Run search: small within laptop/);
    await editor.clean();
    await code().screenshot('story-1-open');
  });

  test('a quick fix says what it does and does it', async () => {
    const editor = code().editor('small.mae');
    const titles = await editor.quickFixes('btn: 64');
    expect(titles).toContainEqual(expect.stringMatching(/^Widen C4 bottleneck 64 → 80: \+\d+\.\d score, \+.* M macs$/));
    await code().screenshot('story-2-quick-fix');
    await editor.pickFix(/^Deepen C4 1 → 2 blocks/);
    expect(await editor.waitForText('btn: 64, k: 3, s: 2) x 2')).toBe(
      TEXT.replace('s: 2) x 1      // most', 's: 2) x 2      // most'),
    );
    await editor.undo();
    expect(await editor.waitForText(TEXT)).toBe(TEXT);
  });
});
