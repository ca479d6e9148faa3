import { defineConfig } from 'vitest/config';

/** The tests in real VS Code share two cores with the browser and the editor's server. */
const VSCODE_TEST = 120_000;

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts', 'test/golden/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'lsp', include: ['test/lsp/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'measure',
          include: ['test/measure/**/*.test.ts'],
          // A draw of a large network takes a second on each core, and the cores are shared with the other projects.
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      { test: { name: 'cli', include: ['test/cli/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'editors',
          include: ['test/editors/**/*.test.ts'],
          globalSetup: 'test/editors/setup.ts',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'vscode',
          include: ['test/vscode/**/*.test.ts'],
          // Only this project needs a browser, an editor and the packaged extension.
          globalSetup: 'test/vscode/setup/global.ts',
          fileParallelism: false,
          testTimeout: VSCODE_TEST,
          hookTimeout: VSCODE_TEST,
          // After the other projects, which finish in seconds and leave it the machine.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
