import type { ImageSize } from '../backbone/backbone.ts';
import { BUILT_IN, type ComparedDesign, comparedDesigns } from '../features/comparison.ts';
import type { Snapshot } from '../features/snapshot.ts';
import { alternatives, nearest } from '../language/nearest.ts';
import { detectorExamples, examples } from '../server/examples.ts';
import { type ComparedDetector, comparedDetectors } from './compared-detectors.ts';
import { done, EXIT, fail, type Outcome } from './exit.ts';
import { problemLine, readFile, textErrorsOf } from './problems.ts';
import { at, readSource } from './source.ts';

/** What one argument may mean. */
interface Candidates {
  readonly backbones: readonly ComparedDesign[];
  readonly detectors: readonly ComparedDetector[];
}

/** What is compared with one another. */
export type Compared =
  | { readonly kind: 'backbones'; readonly designs: readonly ComparedDesign[] }
  | { readonly kind: 'detectors'; readonly detectors: readonly ComparedDetector[] };

/** What some names mean side by side: files, one design of a file, published designs. */
export async function comparison(names: readonly string[], size: ImageSize | undefined): Promise<Outcome<Compared>> {
  const found = await allCandidates(names, size);
  if (!found.ok) return found;
  const all = found.value;
  const detectors = all.flatMap((own) => own.detectors);
  if (detectors.length > 1 && all.every((own) => own.detectors.length > 0))
    return done({ kind: 'detectors', detectors });
  const alone = all.findIndex((own) => own.backbones.length === 0);
  const other = all.findIndex((own) => own.detectors.length === 0);
  if (alone >= 0 && other >= 0) return notTogether(names[alone] ?? '', names[other] ?? '', all[alone]);
  const designs = all.flatMap((own) => own.backbones);
  return designs.length < 2 ? tooFew() : done({ kind: 'backbones', designs });
}

/** A detector counts neck and heads: beside a backbone its numbers would mislead. */
function notTogether(detector: string, backbone: string, candidates: Candidates | undefined) {
  const on = candidates?.detectors[0]?.analysis.detector.backbone.name ?? '';
  return fail(
    EXIT.usage,
    `error: ${detector} is a detector and ${backbone} a backbone: compare backbones with each other, ${on} for one, or detectors.`,
  );
}

const tooFew = async () =>
  fail(
    EXIT.usage,
    `error: mae compare needs two backbones or more, or two detectors: name another file, or ${alternatives((await publishedBackbones()).map((d) => d.name))}.`,
  );

/** What all arguments mean. A device that one text names is shown of all of them: those before it are read once more. */
async function allCandidates(names: readonly string[], size: ImageSize | undefined): Promise<Outcome<Candidates[]>> {
  const read = async (): Promise<Outcome<Candidates[]>> => {
    const all: Candidates[] = [];
    for (const name of names) {
      const found = await candidatesOf(name, size);
      if (!found.ok) return found;
      all.push(found.value);
    }
    return done(all);
  };
  const first = await read();
  if (!first.ok) return first;
  const devices = first.value.flatMap((own) => [...own.backbones, ...own.detectors]).flatMap((own) => own.devices);
  return devices.length === 0 ? first : read();
}

async function candidatesOf(name: string, size: ImageSize | undefined): Promise<Outcome<Candidates>> {
  // A path has a dot or a slash in it; a published design has neither.
  if (!/[./\\#]/.test(name)) return publishedDesign(name, size);
  const [path = '', wanted] = name.split('#', 2);
  const source = await readSource(path);
  if (!source.ok) return source;
  const file = readFile(source.value);
  const errors = textErrorsOf(file);
  if (errors.length > 0) return fail(EXIT.input, errors.map((problem) => problemLine(file, problem)).join('\n'));
  const all = designsOf(file.snapshot, path, size);
  const chosen = wanted === undefined ? all : named(all, wanted);
  if (namesOf(chosen).length > 0) return done(chosen);
  if (namesOf(all).length === 0) return fail(EXIT.input, at(path, 'This file has no backbone to compare.'));
  const there = alternatives(namesOf(all));
  return fail(EXIT.input, at(path, `This file has no backbone or detector '${wanted}': it has ${there}.`));
}

const designsOf = (snapshot: Snapshot, from: string, size: ImageSize | undefined): Candidates => ({
  backbones: comparedDesigns(snapshot, from, size),
  detectors: comparedDetectors(snapshot, from, size),
});

const namesOf = ({ backbones, detectors }: Candidates): string[] => [
  ...backbones.map(({ name }) => name),
  ...detectors.map(({ analysis }) => analysis.detector.name),
];

const named = ({ backbones, detectors }: Candidates, wanted: string): Candidates => ({
  backbones: backbones.filter(({ name }) => name === wanted),
  detectors: detectors.filter(({ analysis }) => analysis.detector.name === wanted),
});

/** `ResNet-50` and `resnet50` are one name. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

async function publishedDesign(name: string, size: ImageSize | undefined): Promise<Outcome<Candidates>> {
  const is = (own: string): boolean => plain(own) === plain(name);
  const backbones = await publishedBackbones(size);
  // Detectors are read only where somebody asks for what is no backbone.
  const found = backbones.filter((own) => is(own.name));
  if (found.length > 0) return done({ backbones: found, detectors: [] });
  const detectors = (await detectorExamples()).flatMap((example) => comparedDetectors(example, BUILT_IN, size));
  const whole = detectors.filter(({ analysis }) => is(analysis.detector.name));
  if (whole.length > 0) return done({ backbones: [], detectors: whole });
  const names = namesOf({ backbones, detectors });
  const [near] = nearest(name, names);
  const hint = near === undefined ? `the published designs are ${alternatives(names)}` : `did you mean ${near}?`;
  return fail(
    EXIT.usage,
    `error: There is no published design '${name}': ${hint}. A file is named with its ending, .mae.`,
  );
}

const publishedBackbones = async (size?: ImageSize): Promise<ComparedDesign[]> =>
  (await examples()).flatMap((example) => comparedDesigns(example, BUILT_IN, size));
