import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { type Start, VSCode } from './vscode.ts';

/** What `VSCode.start` takes, but for what the set-up provides. */
export type SessionOptions = Omit<Start, 'programs' | 'vsix'>;

/**
 * One VS Code for the tests of a file (or of a `describe`), started before them and ended after them. A test that
 * fails leaves a picture and the logs in test-results. Call the answer inside a test to get it.
 */
export function useVSCode(options: SessionOptions): () => VSCode {
  let code: VSCode | undefined;

  beforeAll(async () => {
    code = await VSCode.start({ programs: inject('programs'), vsix: inject('vsix'), ...options });
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await code?.keepEvidence(task.name);
  });

  afterAll(async () => {
    await code?.dispose();
    code = undefined;
  });

  return () => {
    if (!code) throw new Error('VS Code is running only inside a test.');
    return code;
  };
}
