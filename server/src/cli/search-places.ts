import { done, EXIT, fail, type Outcome } from '../answers/exit.ts';
import { isSameFile } from '../files/paths.ts';

/** The files that a search reads and writes, as the command line names them. */
export interface SearchPlaces {
  readonly checkpoint?: string;
  readonly resume?: string;
  readonly front?: string;
  readonly out?: string;
}

/** Whatever is written must not take the place of something else; a search goes on in the checkpoint it came from. */
export function distinctPlaces(design: string, places: SearchPlaces): Outcome<undefined> {
  const { checkpoint, resume, front, out } = places;
  const files = [
    { name: 'the design file', path: design },
    { name: '--out', path: out },
    { name: '--front', path: front },
    { name: '--checkpoint', path: checkpoint },
    { name: '--resume', path: resume },
  ].flatMap(({ name, path }) => (path === undefined ? [] : [{ name, path }]));
  for (const [index, one] of files.entries())
    for (const other of files.slice(index + 1)) {
      if (one.name === '--checkpoint' || !isSameFile(one.path, other.path)) continue;
      const hint = one === files[0] && other.name === '--out' ? '--in-place writes into the file' : 'name another file';
      return fail(EXIT.usage, `error: ${one.name} and ${other.name} are one file, ${other.path}: ${hint}`);
    }
  return done(undefined);
}
