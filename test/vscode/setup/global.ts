import type { TestProject } from 'vitest/node';
import { type Programs, prepare } from './prepare.ts';
import { packageExtension } from './vsix.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    programs: Programs;
    vsix: string;
  }
}

/** Runs once before the tests in real VS Code, and not at all when none of them is asked for. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('programs', await prepare());
  project.provide('vsix', await packageExtension());
}
