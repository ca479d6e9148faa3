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
