import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Ran, run } from './command.ts';

/** What is said of a pull request: Markdown, a part for each file of designs that it changes. */
export type Changes =
  | { readonly ok: true; readonly parts: readonly string[] }
  | { readonly ok: false; readonly why: string };

const git = (...args: readonly string[]): Ran => run('git', args);

/**
 * Compares each .mae file that differs between a commit and the checkout, by `mae compare --markdown`.
 *
 * @param base the commit that a pull request starts from; it is fetched where the checkout does not have it
 * @param temp where the files of that commit are written
 */
export function changesSince(base: string, mae: (...args: readonly string[]) => Ran, temp: string): Changes {
  if (!/^[0-9a-f]{40,64}$/.test(base)) return { ok: false, why: `'${base}' is no commit` };
  const there = (): boolean => git('cat-file', '-e', `${base}^{commit}`).exit === 0;
  if (!there()) git('fetch', '--no-tags', '--depth=1', 'origin', base);
  if (!there()) return { ok: false, why: `the commit ${base} cannot be fetched` };
  const diff = git('diff', '--name-only', '--no-renames', '-z', base, 'HEAD', '--', '*.mae');
  if (diff.exit !== 0) return { ok: false, why: diff.stderr.trim() };
  const files = diff.stdout.split('\0').filter((file) => file !== '');
  return { ok: true, parts: files.map((file, i) => partOf(file, i, base, mae, temp)) };
}

/** A file that is not on one of the sides is an empty one there. */
function partOf(
  file: string,
  index: number,
  base: string,
  mae: (...args: readonly string[]) => Ran,
  temp: string,
): string {
  const folder = path.join(temp, 'mae-det-base', String(index));
  mkdirSync(folder, { recursive: true });
  const [was, none] = [path.join(folder, 'before.mae'), path.join(folder, 'none.mae')];
  const old = git('show', `${base}:${file}`);
  writeFileSync(was, old.exit === 0 ? old.stdout : '');
  writeFileSync(none, '');
  const is = existsSync(file) ? path.resolve(file) : none;
  const { exit, stdout, stderr } = mae('compare', '--markdown', '--', was, is);
  const [first = ''] = stderr.split('\n');
  const said =
    exit === 0 ? stdout.trim() : `This file cannot be compared: ${plain(first.replace(/^.*?: error/, 'error'))}`;
  return `#### ${plain(file)}\n\n${said}`;
}

/** Text in which nothing is a mark of Markdown, a link, a mention or a tag. */
export const plain = (text: string): string =>
  text.replaceAll(/[\\`*_[\]<>|@&#~]/g, (mark) => `&#${mark.codePointAt(0)};`).replaceAll(/\s+/g, ' ');
