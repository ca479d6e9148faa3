import type { ImageSize } from '../backbone/backbone.ts';
import { BUILT_IN, type ComparedDesign, comparedDesigns } from '../features/comparison.ts';
import { alternatives, nearest } from '../language/nearest.ts';
import { examples } from '../server/examples.ts';
import { compareJson } from './compare-json.ts';
import { COMPARE_LEGEND, compareText } from './compare-text.ts';
import { done, EXIT, type ExitCode, fail, type Outcome } from './exit.ts';
import { sizeOption } from './options.ts';
import { print, printJson, report } from './output.ts';
import { problemLine, readFile, textErrorsOf } from './problems.ts';
import { at, readSource } from './source.ts';

export interface CompareOptions {
  readonly json?: boolean;
  readonly at?: string;
}

/**
 * `mae compare A B …`: backbones side by side, stage by stage. Each argument is a file with all its backbones, one of
 * them as FILE#NAME, or a published design by its name.
 */
export async function compare(names: readonly string[], options: CompareOptions): Promise<ExitCode> {
  const size = options.at === undefined ? undefined : sizeOption('--at', options.at);
  if (size !== undefined && !size.ok) return report(size);
  const designs: ComparedDesign[] = [];
  for (const name of names) {
    const found = await designsOf(name, size?.value);
    if (!found.ok) return report(found);
    designs.push(...found.value);
  }
  if (designs.length < 2) {
    return report(
      fail(
        EXIT.usage,
        `error: mae compare needs two backbones or more: name another file, or ${alternatives((await published()).map((d) => d.name))}.`,
      ),
    );
  }
  if (options.json === true) printJson(compareJson(designs));
  else print([compareText(designs), COMPARE_LEGEND].join('\n\n'));
  return EXIT.done;
}

async function designsOf(name: string, size: ImageSize | undefined): Promise<Outcome<ComparedDesign[]>> {
  // A path has a dot or a slash in it; a published design has neither.
  if (!/[./\\#]/.test(name)) return publishedDesign(name, size);
  const [path = '', wanted] = name.split('#', 2);
  const source = await readSource(path);
  if (!source.ok) return source;
  const file = readFile(source.value);
  const errors = textErrorsOf(file);
  if (errors.length > 0) return fail(EXIT.input, errors.map((problem) => problemLine(file, problem)).join('\n'));
  const all = comparedDesigns(file.snapshot, path, size);
  const chosen = all.filter((design) => wanted === undefined || design.name === wanted);
  if (chosen.length > 0) return done(chosen);
  if (all.length === 0) return fail(EXIT.input, at(path, 'This file has no backbone to compare.'));
  const there = alternatives(all.map((design) => design.name));
  return fail(EXIT.input, at(path, `This file has no backbone '${wanted}': it has ${there}.`));
}

/** `ResNet-50` and `resnet50` are one name. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

async function publishedDesign(name: string, size: ImageSize | undefined): Promise<Outcome<ComparedDesign[]>> {
  const all = await published(size);
  const found = all.find((design) => plain(design.name) === plain(name));
  if (found !== undefined) return done([found]);
  const names = all.map((design) => design.name);
  const [near] = nearest(name, names);
  const hint = near === undefined ? `the published designs are ${alternatives(names)}` : `did you mean ${near}?`;
  return fail(
    EXIT.usage,
    `error: There is no published design '${name}': ${hint}. A file is named with its ending, .mae.`,
  );
}

const published = async (size?: ImageSize): Promise<ComparedDesign[]> =>
  (await examples()).flatMap((example) => comparedDesigns(example, BUILT_IN, size));
