import { spawn } from 'node:child_process';

/** What a program ended with, and what it wrote. */
interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** On a new machine the system's own updates may hold apt's locks for some minutes. */
const PATIENCE_S = 600;
const PAUSE_MS = 2_000;

/** What apt-get says in every release while another program has one of its locks: of packages, of lists, of archives. */
export const isHeld = (text: string): boolean =>
  /Could not get lock|Unable to lock|is another process using it|Waiting for cache lock/.test(text);

/**
 * Runs apt-get to its end with its output on our own. A lock that somebody else holds is waited for: apt-get has an option
 * for that of the packages, but Debian 12 has none for that of the lists, so that it is asked again. Rejects when apt-get
 * fails for another reason, or when nobody gives the lock back.
 *
 * @param apt the program with what goes before it, such as sudo
 */
export async function aptGet(
  apt: readonly string[],
  args: readonly string[],
  { patienceMs = PATIENCE_S * 1000, pauseMs = PAUSE_MS } = {},
): Promise<void> {
  const [program = 'apt-get', ...before] = apt;
  const all = [...before, '-o', `DPkg::Lock::Timeout=${Math.ceil(patienceMs / 1000)}`, ...args];
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const { code, text } = await ended(program, all);
    if (code === 0) return;
    const failed = new Error(`${[program, ...all].join(' ')} failed (exit code ${code}).`);
    if (!isHeld(text) || Date.now() > deadline) throw failed;
    console.log('Another program uses apt: waiting for it.');
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** In plain English, because its words are read. */
function ended(program: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'pipe'], env });
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      process.stderr.write(chunk);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}
