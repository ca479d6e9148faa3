import fs from 'node:fs';
import { aptGet } from './apt.ts';
import { findChromium, onPath } from './find.ts';
import { succeeds } from './run.ts';

/** Something the machine must have, and the Debian packages that bring it. */
export interface Need {
  readonly what: string;
  readonly packages: readonly string[];
  readonly present: () => boolean;
}

const CHROMIUM: Need = {
  what: 'Chromium',
  // Without a font the pictures of the editor show boxes.
  packages: ['chromium', 'fonts-dejavu-core'],
  present: () => findChromium() !== undefined,
};

/** code-server compiles a few small native modules while it is installed. */
const COMPILERS: readonly Need[] = [
  { what: 'python3', packages: ['python3'], present: () => onPath('python3', 'python') !== undefined },
  { what: 'make', packages: ['make'], present: () => process.platform === 'win32' || onPath('make') !== undefined },
  { what: 'a C++ compiler', packages: ['g++'], present: hasCompiler },
  { what: 'the Kerberos headers', packages: ['libkrb5-dev'], present: hasKerberos },
];

/** Sees to it that the machine has a browser and, when code-server is still to be installed, what that needs. */
export const ensureTools = (compilers: boolean): Promise<void> =>
  ensure(PURPOSE, compilers ? [CHROMIUM, ...COMPILERS] : [CHROMIUM]);

/** The same for who brings a browser along. */
export const ensureCompilers = (): Promise<void> => ensure(PURPOSE, COMPILERS);

const PURPOSE = 'Running VS Code';

/** Installs by apt what is missing when it may; otherwise throws an error with the one command to type. */
export async function ensure(purpose: string, needs: readonly Need[]): Promise<void> {
  const missing = needs.filter((need) => !need.present());
  if (missing.length === 0) return;

  const apt = onPath('apt-get');
  const packages = missing.flatMap((need) => need.packages);
  if (apt) {
    const prefix = await asRoot();
    if (prefix) {
      console.log(`Installing ${packages.join(' ')} by apt-get.`);
      // sudo hands no environment on.
      const program = [
        ...prefix,
        ...(prefix.length === 0 ? [] : ['env', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C']),
        apt,
      ];
      await aptGet(program, ['update', '-q']);
      await aptGet(program, ['install', '-y', '-q', '--no-install-recommends', ...packages]);
    }
  }
  const still = missing.filter((need) => !need.present());
  if (still.length > 0) throw new Error(explain(purpose, still, apt !== undefined));
}

/** What to put before a command so that root runs it; undefined when we may not become root without a password. */
async function asRoot(): Promise<readonly string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  return (await succeeds('sudo', ['-n', 'true'])) ? ['sudo', '-n'] : undefined;
}

function explain(purpose: string, missing: readonly Need[], debian: boolean): string {
  const what = `${purpose} here needs ${missing.map((need) => need.what).join(', ')}.`;
  const packages = missing.flatMap((need) => need.packages).join(' ');
  if (debian)
    return `${what} Type this and try again:\n\n  sudo apt-get update && sudo apt-get install -y ${packages}\n`;
  return `${what} Install it (on Debian the packages are: ${packages}).${missing.includes(CHROMIUM) ? ' CHROMIUM may name a browser outside PATH.' : ''}`;
}

function hasCompiler(): boolean {
  return process.platform === 'win32' || onPath('g++', 'c++', 'clang++') !== undefined;
}

function hasKerberos(): boolean {
  // Other systems bring Kerberos with them; on Linux the header is what the compiler looks for.
  return (
    process.platform !== 'linux' || onPath('krb5-config') !== undefined || fs.existsSync('/usr/include/gssapi/gssapi.h')
  );
}
