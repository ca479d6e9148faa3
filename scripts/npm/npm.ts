/** A program with its arguments. */
export type Command = readonly [program: string, args: readonly string[], options: { readonly shell: boolean }];

/**
 * How npm is called: the very one that runs this script, by the Node that runs it, or the one on the path. On Windows that is a
 * script for its shell.
 */
export function npm(...args: readonly string[]): Command {
  const own = process.env['npm_execpath'];
  if (own?.endsWith('npm-cli.js')) return [process.execPath, [own, ...args], { shell: false }];
  return ['npm', args, { shell: process.platform === 'win32' }];
}

/**
 * The environment without what `npm run` set for this checkout: its prefix, its lifecycle and its dry run must not steer an
 * install elsewhere.
 */
export const installEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([key]) =>
        !/^npm_(lifecycle|package|command|config_(user_agent|local_prefix|prefix|global_prefix|noproxy))/i.test(key),
    ),
  );
