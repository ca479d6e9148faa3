import { describe, expect, test } from 'vitest';
import { Folder } from './mae.ts';

describe('mae explain', () => {
  test.each([
    [['budget-exceeded'], 0, /^budget-exceeded: code of a diagnostic \(docs\/diagnostics\.md\)$/m, /^$/],
    [['zen', 'score'], 0, /^Zen-Score: term \(docs\/glossary\.md\)\n {2}\w/m, /^$/],
    [
      ['budget-exceded'],
      1,
      /^$/,
      /^error: Nothing is known here as 'budget-exceded': did you mean budget-exceeded\?$/m,
    ],
    [['qqqqqqqqqqqq'], 1, /^$/, /mae explain --list names all/],
    [[], 2, /^$/, /^error: name a code/],
    [['--list'], 0, /^bottleneck +word of the language$/m, /^$/],
  ])('%j ends with %d', async (args, exit, stdout, stderr) => {
    const run = await new Folder().mae('explain', ...args);
    expect(run.stdout).toMatch(stdout);
    expect(run.stderr).toMatch(stderr);
    expect(run.exit).toBe(exit);
  });

  test('as JSON', async () => {
    const run = await new Folder().mae('explain', 'stem', '--json');
    const { entries } = JSON.parse(run.stdout) as { entries: Record<string, unknown>[] };
    expect(entries).toContainEqual({
      kind: 'term',
      title: 'Stem',
      text: 'The first layers, which lead from the image to C1; in ResNet the 7×7 convolution.',
      page: 'glossary',
    });
  });
});
