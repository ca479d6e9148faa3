import { existsSync } from 'node:fs';
import { BUILT_IN } from '../features/comparison.ts';
import type { Snapshot } from '../features/snapshot.ts';
import { alternatives, nearest } from '../language/nearest.ts';
import { detectorExamples, examples } from '../server/examples.ts';
import { done, EXIT, fail, type Outcome } from './exit.ts';
import { type ReadFile, readFile } from './problems.ts';
import { at, readSource, STDIN } from './source.ts';

/** A text that an argument means, and which of its designs. */
export interface NamedDesigns {
  /** The file, or BUILT_IN. */
  readonly from: string;
  readonly snapshot: Snapshot;
  /** The one design that was named; undefined where all of the text are meant. */
  readonly wanted: string | undefined;
  /** The file as it was read; published designs stand in none. */
  readonly file?: ReadFile;
}

/** What an argument means: a file, one design of it as FILE#NAME, standard input as `-`, or a published design by its name. */
export async function namedDesigns(arg: string): Promise<Outcome<NamedDesigns>> {
  // A path has a dot or a slash in it, or is there; a published design has neither.
  if (arg === STDIN || /[./\\#]/.test(arg)) return designsOfFile(arg);
  const published = await publishedDesign(arg);
  return !published.ok && existsSync(arg) ? designsOfFile(arg) : published;
}

async function designsOfFile(arg: string): Promise<Outcome<NamedDesigns>> {
  const hash = existsSync(arg) ? -1 : arg.lastIndexOf('#');
  const [path, wanted] = hash < 0 ? [arg, undefined] : [arg.slice(0, hash), arg.slice(hash + 1)];
  const source = await readSource(path);
  if (!source.ok) return source;
  const file = readFile(source.value);
  const { snapshot } = file;
  const names = namesIn(snapshot);
  if (wanted === undefined || names.includes(wanted)) return done({ from: path, snapshot, wanted, file });
  if (names.length === 0) return fail(EXIT.input, at(path, `This file has no backbone '${wanted}', nor any other.`));
  return fail(
    EXIT.input,
    at(path, `This file has no backbone or detector '${wanted}': it has ${alternatives(names)}.`),
  );
}

const namesIn = ({ backbones, detectors }: Snapshot): string[] =>
  [...backbones, ...detectors].map(({ source }) => source.name);

/** `ResNet-50` and `resnet50` are one name. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

async function publishedDesign(name: string): Promise<Outcome<NamedDesigns>> {
  const known: string[] = [];
  // Detectors are read only where somebody asks for what is no backbone.
  for (const [load, of] of [
    [examples, (snapshot: Snapshot) => snapshot.backbones],
    [detectorExamples, (snapshot: Snapshot) => snapshot.detectors],
  ] as const) {
    for (const snapshot of await load()) {
      const names = of(snapshot).map(({ source }) => source.name);
      const wanted = names.find((own) => plain(own) === plain(name));
      if (wanted !== undefined) return done({ from: BUILT_IN, snapshot, wanted });
      known.push(...names);
    }
  }
  const [near] = nearest(name, known);
  const hint = near === undefined ? `the published designs are ${alternatives(known)}` : `did you mean ${near}?`;
  return fail(
    EXIT.usage,
    `error: There is no published design '${name}': ${hint}. A file is named with its ending, .mae.`,
  );
}

/** The names of the published backbones. */
export const publishedBackbones = async (): Promise<string[]> =>
  (await examples()).flatMap(({ backbones }) => backbones.map(({ source }) => source.name));
