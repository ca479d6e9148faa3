import { spawn } from 'node:child_process';
import { npmReason } from './npm-reason.ts';
import { isOnPath } from './on-path.ts';
import { endTree, TREE } from './process-tree.ts';

export type NpmOutcome =
  | { readonly kind: 'installed' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'no-npm' }
  /** What npm, or a package's own script, says of it; empty when nothing was said. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface NpmInstall {
  /** Where to; it has a package.json of its own. */
  readonly folder: string;
  /** Name and version. Nothing of it may come from outside: on Windows a shell reads it. */
  readonly what: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

/** Lines that are kept for the message. */
const KEPT = 200;

/** Runs `npm install` to its end. When it is cancelled, everything that npm started is ended before this resolves. */
export function npmInstall({ folder, what, environment, signal, onLine }: NpmInstall): Promise<NpmOutcome> {
  if (signal.aborted) return Promise.resolve({ kind: 'cancelled' });
  if (!isOnPath('npm', environment, process.platform)) return Promise.resolve({ kind: 'no-npm' });
  // On Windows npm is a script that only a shell can start.
  const shell = process.platform === 'win32';
  const env = { ...environment };
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const child = spawn('npm', ['install', '--no-audit', '--no-fund', what], { cwd: folder, env, shell, stdio, ...TREE });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    onLines(stream, (line) => {
      if (line.trim() === '') return;
      lines.push(line);
      lines.splice(0, lines.length - KEPT);
      onLine(line.trim());
    });
  }
  let ended: Promise<void> | undefined;
  const cancel = (): void => {
    ended = endTree(child);
  };
  signal.addEventListener('abort', cancel, { once: true });
  return new Promise((resolve) => {
    const settle = (outcome: NpmOutcome): void => {
      signal.removeEventListener('abort', cancel);
      resolve(ended === undefined ? outcome : ended.then(() => ({ kind: 'cancelled' })));
    };
    child.once('error', (error) => settle({ kind: 'failed', reason: error.message }));
    // 'close' and not 'exit': by then the last words are read, and nobody is left who could write them.
    child.once('close', (code) =>
      settle(code === 0 ? { kind: 'installed' } : { kind: 'failed', reason: npmReason(lines) }),
    );
  });
}

/** Whole lines, also where they come in pieces. */
function onLines(stream: NodeJS.ReadableStream, listener: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const parts = (rest + text).split(/\r?\n/);
    rest = parts.pop() ?? '';
    parts.forEach(listener);
  });
  stream.on('end', () => listener(rest));
}
