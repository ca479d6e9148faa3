import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect } from 'vitest';

export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
export const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

/** The command line alone, its pieces with it: what measures and what searches in processes of their own stand beside it. */
export const commandFiles = (): string[] =>
  readdirSync(new URL('../../dist/', import.meta.url)).filter((file) => /^cli(-.*)?\.js$/.test(file));

export interface Run {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with files, gone after the test. */
export class Folder {
  readonly path: string;

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    this.path = mkdtempSync(join(tmpdir(), 'mae-cli-'));
    folders.push(this.path);
    for (const [name, content] of Object.entries(files)) writeFileSync(this.at(name), content);
  }

  at(name: string): string {
    return join(this.path, name);
  }

  read(name: string): string {
    return readFileSync(this.at(name), 'utf8');
  }

  /** Runs `mae` in the folder as a process of its own. */
  mae(...args: string[]): Promise<Run> {
    return ended(this.start(...args));
  }

  start(...args: string[]): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [CLI, ...args], { cwd: this.path });
  }
}

/** What a process wrote and how it ended. No command may ever show a stack trace. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Run> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve));
  expect(stdout + stderr).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  return { exit, stdout, stderr };
}

/** A small backbone with a budget and a search, for whatever a test is about. */
export const SMALL = `backbone small {
  input 3 x 160 x 160

  stem     conv(out: 8, k: 3, s: 2)
  stage C2 bottleneck(out: 16, btn: 8,  k: 3, s: 2) x 1 // the first stage
  stage C3 bottleneck(out: 32, btn: 16, k: 3, s: 2) x 1
  stage C4 bottleneck(out: 64, btn: 16, k: 3, s: 2) x 1
  stage C5 bottleneck(out: 96, btn: 24, k: 3, s: 2) x 1
}

budget tiny {
  macs   <= 20M
  layers <= 40
}

search {
  start small
  within tiny
  evaluations 3000
}
`;
