import { analyse, type BackboneAnalysis } from '../analysis/analyse.ts';
import type { Snapshot } from '../features/snapshot.ts';
import { alternatives, nearest } from '../language/nearest.ts';
import { examples } from '../server/examples.ts';
import { compareJson } from './compare-json.ts';
import { COMPARE_LEGEND, compareText } from './compare-text.ts';
import { BUILT_IN, type Entrant } from './entrant.ts';
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
  const entrants: Entrant[] = [];
  for (const name of names) {
    const found = await entrantsOf(name);
    if (!found.ok) return report(found);
    entrants.push(...found.value);
  }
  if (entrants.length < 2) {
    return report(
      fail(
        EXIT.usage,
        `error: mae compare needs two backbones or more: name another file, or ${await builtInNames()}.`,
      ),
    );
  }
  const sized = entrants.map(({ from, analysis }) => {
    const { backbone } = analysis;
    if (size === undefined) return { from, analysis };
    return { from, analysis: analyse({ ...backbone, input: { ...backbone.input, ...size.value } }) };
  });
  if (options.json === true) printJson(compareJson(sized));
  else print([compareText(sized), COMPARE_LEGEND].join('\n\n'));
  return EXIT.done;
}

async function entrantsOf(name: string): Promise<Outcome<Entrant[]>> {
  // A path has a dot or a slash in it; a published design has neither.
  if (!/[./\\#]/.test(name)) return builtIn(name);
  const [path = '', wanted] = name.split('#', 2);
  const source = await readSource(path);
  if (!source.ok) return source;
  const file = readFile(source.value);
  const errors = textErrorsOf(file);
  if (errors.length > 0) return fail(EXIT.input, errors.map((problem) => problemLine(file, problem)).join('\n'));
  const all = analysesOf(file.snapshot);
  const chosen = all.filter(({ backbone }) => wanted === undefined || backbone.name === wanted);
  if (chosen.length > 0) return done(chosen.map((analysis) => ({ from: path, analysis })));
  if (all.length === 0) return fail(EXIT.input, at(path, 'This file has no backbone to compare.'));
  const there = alternatives(all.map(({ backbone }) => backbone.name));
  return fail(EXIT.input, at(path, `This file has no backbone '${wanted}': it has ${there}.`));
}

const analysesOf = (snapshot: Snapshot): BackboneAnalysis[] =>
  snapshot.backbones.flatMap(({ analysis }) => (analysis === undefined ? [] : [analysis]));

/** `ResNet-50` and `resnet50` are one name. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

async function builtIn(name: string): Promise<Outcome<Entrant[]>> {
  const published = (await examples()).flatMap(analysesOf);
  const found = published.find(({ backbone }) => plain(backbone.name) === plain(name));
  if (found !== undefined) return done([{ from: BUILT_IN, analysis: found }]);
  const [near] = nearest(
    name,
    published.map(({ backbone }) => backbone.name),
  );
  const hint = near === undefined ? `the published designs are ${await builtInNames()}` : `did you mean ${near}?`;
  return fail(
    EXIT.usage,
    `error: There is no published design '${name}': ${hint}. A file is named with its ending, .mae.`,
  );
}

const builtInNames = async (): Promise<string> =>
  alternatives((await examples()).flatMap(analysesOf).map(({ backbone }) => backbone.name));
