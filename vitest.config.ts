import { defineConfig } from 'vitest/config';

/** The tests in real VS Code share two cores with the browser and the editor's server. */
const VSCODE_TEST = 120_000;

/** A project whose tests start programs and hold them to times: one after the other, with the machine to themselves. */
const alone = (name: string, groupOrder: number, testTimeout: number, globalSetup?: string) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    ...(globalSetup === undefined ? {} : { globalSetup }),
    fileParallelism: false,
    testTimeout,
    hookTimeout: testTimeout,
    sequence: { groupOrder },
  },
});

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts', 'test/golden/**/*.test.ts'], testTimeout: 60_000 } },
      alone('limits', 1, 120_000),
      alone('lsp', 2, 30_000),
      alone('cli', 3, 60_000),
      // A draw of a large network takes a second on each core.
      alone('measure', 4, 120_000),
      alone('editors', 5, 60_000, 'test/editors/setup.ts'),
      // Starts a Redis of its own for each test.
      alone('queue', 7, 120_000),
      // Only this project needs a browser, an editor and the packaged extension.
      alone('vscode', 6, VSCODE_TEST, 'test/vscode/setup/global.ts'),
    ],
  },
});
