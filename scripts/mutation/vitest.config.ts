import { defineConfig } from 'vitest/config';
import { TESTS_VARIABLE } from './stryker.ts';

/** The tests of a mutated copy: Stryker knows no projects, and those that start dist/ would run what is not mutated. */
export default defineConfig({
  test: { include: JSON.parse(process.env[TESTS_VARIABLE] ?? '[]'), testTimeout: 60_000 },
});
