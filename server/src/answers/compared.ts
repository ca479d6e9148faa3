import type { ImageSize } from '../backbone/backbone.ts';
import { type ComparedDesign, comparedDesigns } from '../features/comparison.ts';
import { alternatives } from '../language/nearest.ts';
import { type ComparedDetector, comparedDetectors } from './compared-detectors.ts';
import { done, EXIT, fail, type Outcome } from './exit.ts';
import { namedDesigns, publishedBackbones } from './named-designs.ts';
import { problemLine, textErrorsOf } from './problems.ts';
import { at } from './source.ts';

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
    `error: mae compare needs two backbones or more, or two detectors: name another file, or ${alternatives(await publishedBackbones())}.`,
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
  const found = await namedDesigns(name);
  if (!found.ok) return found;
  const { from, snapshot, wanted, file } = found.value;
  const errors = file === undefined ? [] : textErrorsOf(file);
  if (file !== undefined && errors.length > 0)
    return fail(EXIT.input, errors.map((problem) => problemLine(file, problem)).join('\n'));
  const all = { backbones: comparedDesigns(snapshot, from, size), detectors: comparedDetectors(snapshot, from, size) };
  const chosen = wanted === undefined ? all : named(all, wanted);
  const isEmpty = chosen.backbones.length + chosen.detectors.length === 0;
  return isEmpty ? fail(EXIT.input, at(from, 'This file has no backbone to compare.')) : done(chosen);
}

const named = ({ backbones, detectors }: Candidates, wanted: string): Candidates => ({
  backbones: backbones.filter(({ name }) => name === wanted),
  detectors: detectors.filter(({ analysis }) => analysis.detector.name === wanted),
});
