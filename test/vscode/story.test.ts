import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';

/** The story of the product on a small task: everything a person does from opening the file to saving the result. */
const TEXT = `// A detector backbone for a laptop.
backbone small {
  input 3 x 256 x 256

  stem     conv(out: 16, k: 3, s: 2)                        // half the resolution
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C4 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1    // most of the work
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

/** Long enough to type in, short enough to wait for. */
const LONG = TEXT.replace('evaluations 20000', 'evaluations 12000000');
const ENDLESS = TEXT.replace('evaluations 20000', 'evaluations 900000000');
const TWO = `${TEXT}\nbackbone other {\n  input 3 x 64 x 64\n  within laptop\n  stem conv(out: 8, k: 3, s: 2)\n}\n`;

describe('from a file to a better backbone', () => {
  const workspace = {
    'small.mae': TEXT,
    'word.mae': TEXT,
    'budget.mae': TEXT,
    'search.mae': TEXT,
    'long.mae': LONG,
    'endless.mae': ENDLESS,
    'two.mae': TWO,
  };
  const code = useVSCode({ workspace, open: 'small.mae' });

  test('hints stand at the end of each group line, lenses over backbone and search', async () => {
    const editor = code().editor('small.mae');
    await editor.hint(/^\+3\.3 7\.08M$/, 5);
    await editor.hint(/^\+9\.1 H · 23\.1 M macs$/, 9);
    await editor.lens(/^Run search.*Z 260\.6 \(fan-in\) · 113 M macs, 28 % of laptop · /);
    await editor.lens(/^Run search: small within laptop, 20,000 evaluations, seed 1$/);
    await editor.clean();
    await code().screenshot('story-1-open');
  });

  test('a hover tells the formulas and numbers of a group', async () => {
    const text = await code().editor('small.mae').hover('bottleneck(out: 256');
    expect(text).toContain('macs');
    expect(text).toContain('fan-in');
    await code().screenshot('story-2-hover');
  });

  test('a quick fix says what it does and does it', async () => {
    const editor = code().editor('small.mae');
    const titles = await editor.quickFixes('btn: 64');
    expect(titles).toContainEqual(expect.stringMatching(/^Widen C4 bottleneck 64 → 80: \+1\.6 score, \+8\.45 M macs$/));
    await code().screenshot('story-3-quick-fix');
    await editor.pickFix(/^Deepen C4 1 → 2 blocks/);
    const deeper = TEXT.replace('x 1    // most', 'x 2    // most');
    expect(await editor.waitForText('x 2    // most')).toBe(deeper);
    await editor.undo();
    expect(await editor.waitForText('x 1    // most')).toBe(TEXT);
  });

  test('the best single change within the budget wins what its title says, and changes one number', async () => {
    const editor = code().editor('small.mae');
    const titles = await editor.quickFixes('btn: 64');
    const best = /^Best single change within laptop: .*: \+(\d+\.\d) score, \+\d+(\.\d+)? M macs$/;
    const title = titles.find((t) => best.test(t)) ?? '';
    expect(titles).toContain(title);
    expect(titles).toContainEqual(expect.stringMatching(/^Best change for 10 % less macs: −\d+\.\d score, −/));
    await code().screenshot('story-3-best-change');
    await editor.pickFix(title);
    const gain = Number(best.exec(title)?.[1]);
    const lens = await editor.lens(new RegExp(`Z ${(260.6 + gain).toFixed(1)} \\(fan-in\\)`));
    expect(lens.text).toMatch(/\d+ % of laptop/);
    const numbers = (text: string): string[] => text.match(/\d+/g) ?? [];
    const before = numbers(TEXT);
    expect(numbers(await editor.text()).filter((n, i) => n !== before[i])).toHaveLength(1);
    await editor.undo();
    expect(await editor.waitForText('out: 512, btn: 96')).toBe(TEXT);
  });

  test('a wrong word is underlined, explained, and mended with a click', async () => {
    const editor = await code().openFile('word.mae');
    await editor.replace('within laptop', 'within lapptop');
    await editor.squiggle(19);
    await code().problem(/There is no budget 'lapptop'. Did you mean laptop\?/);
    await code().screenshot('story-4-problem');
    await code().closePanel();
    await editor.quickFixes('lapptop');
    await editor.pickFix('Change lapptop to laptop');
    expect(await editor.waitForText('within laptop')).toBe(TEXT);
    await editor.clean();
  });

  test('an exceeded budget is an error whose preferred fix holds it', async () => {
    const editor = await code().openFile('budget.mae');
    await editor.replace('400M', '80M');
    await code().problem(/small exceeds budget laptop by 41 %: 113 M macs, at most 80 M macs/);
    await code().closePanel();
    const titles = await editor.quickFixes('btn: 32');
    expect(titles[0]).toMatch(/^Shrink small to hold laptop: −\d+\.\d score, \d+(\.\d+)? M macs/);
    await editor.pickFix(/^Shrink small to hold laptop/);
    await editor.clean('error');
    await editor.undo();
    await editor.undo();
    expect(await editor.waitForText('400M')).toBe(TEXT);
  });

  test('the search from the palette writes a better design back in one undo step', async () => {
    const editor = await code().openFile('search.mae');
    await editor.lens(/Run search/);
    expect(await code().paletteTitles('Run MAE-DET')).toContain('Run MAE-DET Search');
    await code().palette('Run MAE-DET Search');
    const message = await code().notification(/small: score 260\.6 → \d+\.\d/);
    expect(message).toMatch(/^small: score 260\.6 → \d+\.\d, (proven best|≤ [\d.]+ % off best)$/);
    const text = await editor.waitForText(/x [2-9]/);
    expect(text).toContain('// half the resolution');
    expect(text).toContain('// most of the work');
    expect(text.replaceAll(/\d+/g, '#')).toBe(TEXT.replaceAll(/\d+/g, '#'));
    await editor.clean();
    await code().screenshot('story-5-found');
    await code().clearNotifications();
    await editor.undo();
    expect(await editor.waitForText('out: 512, btn: 96')).toBe(TEXT);
  });

  test('the same from the lens, saved', async () => {
    const editor = code().editor('search.mae');
    await editor.pressLens(/^Run search: small within laptop/);
    // The same was just found, and undone.
    await code().pressInNotification(/Same text and seed as before: score/, 'Search Again');
    await code().notification(/small: score 260\.6 → /);
    const text = await editor.waitForText(/x [2-9]/);
    await editor.save();
    expect(editor.onDisk()).toBe(text);
    await code().clearNotifications();
  });

  test('with more than one thing to search the palette asks which', async () => {
    const editor = await code().openFile('two.mae');
    await editor.lens(/Run search/);
    await code().palette('Run MAE-DET Search');
    await expect
      .poll(() => code().quickPick(), { timeout: 30_000 })
      .toEqual([expect.stringContaining('search from small'), expect.stringContaining('other')]);
    await code().screenshot('story-6-pick');
    await code().pick('search from small');
    await code().notification(/small: score/);
    await code().clearNotifications();
  });

  test('typing while it runs: Apply keeps what was typed', async () => {
    const editor = await code().openFile('long.mae');
    await editor.lens(/Run search/);
    await code().palette('Run MAE-DET Search');
    await code().notification(/MAE-DET search/);
    await editor.replace('for a laptop', 'for my laptop');
    await code().notification(/^long\.mae changed while the search ran: score 260/, 60_000);
    await code().screenshot('story-7-changed');
    await code().pressInNotification(/long\.mae changed/, 'Apply');
    const text = await editor.waitForText(/x [2-9]/);
    expect(text).toContain('for my laptop');
    expect(text).toContain('// most of the work');
  });

  test('a running search can be cancelled and changes nothing', async () => {
    const editor = await code().openFile('endless.mae');
    await editor.lens(/Run search/);
    await code().palette('Run MAE-DET Search');
    await code().notification(/evaluations, .*\/s/);
    await code().screenshot('story-8-running');
    await code().pressInNotification(/MAE-DET search/, 'Cancel');
    await code().notification(/^small stopped: score 260\.6 → /, 5_000);
    expect(await editor.text()).toBe(ENDLESS);
    await code().clearNotifications();
  });

  test('the log says what runs, and the server can be restarted', async () => {
    await code().output('MAE-DET', /MAE-DET language server, Node v\d+/);
    await code().closePanel();
    await code().palette('MAE-DET: Restart Language Server');
    const editor = await code().openFile('small.mae');
    await editor.replace('out: 16, k', 'out: 24, k');
    await editor.hint(/^\+3\.7 /, 5);
  });
});
