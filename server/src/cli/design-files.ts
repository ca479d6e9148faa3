import { statSync } from 'node:fs';
import path from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { STDIN } from '../answers/source.ts';

/** Folders in which nobody looks for designs of their own. */
const IGNORED = ['**/node_modules/**', '**/.git/**'];

/**
 * The files that arguments of a command mean: a file itself, every .mae file of a folder, what a pattern such as
 * `designs/*.mae` matches (not every shell expands it), and `-` for standard input; each once, in the order of the arguments.
 * What matches nothing stays as it is, for the command to say.
 */
export async function designFiles(args: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(args.map(filesOf));
  return [...new Set(found.flat())];
}

async function filesOf(arg: string): Promise<readonly string[]> {
  if (arg === STDIN) return [arg];
  const there = statSync(arg, { throwIfNoEntry: false });
  if (there?.isDirectory()) return orItself(arg, await matching('**/*.mae', arg));
  if (there !== undefined || !isDynamicPattern(arg)) return [arg];
  return orItself(arg, await matching(arg.replaceAll(path.sep, '/'), '.'));
}

async function matching(pattern: string, folder: string): Promise<string[]> {
  const files = await glob(pattern, { cwd: folder, ignore: IGNORED, expandDirectories: false });
  return files.map((file) => path.join(folder, file)).sort();
}

const orItself = (arg: string, files: readonly string[]): readonly string[] => (files.length > 0 ? files : [arg]);
