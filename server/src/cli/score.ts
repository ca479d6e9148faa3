import { EXIT, type ExitCode } from '../answers/exit.ts';
import { type NamedDesigns, namedDesigns } from '../answers/named-designs.ts';
import { sizeOption } from '../answers/options.ts';
import { problemLine, textErrorsOf } from '../answers/problems.ts';
import { type ScoredFile, scored, scoredJson } from '../answers/scored.ts';
import { deviceCosts } from '../features/device-costs.ts';
import { budgetLines } from './budget-text.ts';
import { designFiles } from './design-files.ts';
import { DETECTOR_LEGEND, detectorText } from './detector-text.ts';
import { print, printJson, report, saidErrors, say } from './output.ts';
import { searchPrices } from './score-prices.ts';
import { LEGEND, scoreText } from './score-text.ts';
import { outputWidth, wrapped } from './terminal.ts';
import { watched } from './watched.ts';

export interface ScoreOptions {
  readonly json?: boolean;
  readonly at?: string;
  readonly watch?: boolean;
}

/** What one argument means, with its numbers. */
interface ScoredDesigns {
  readonly named: NamedDesigns;
  readonly file: ScoredFile;
}

/**
 * `mae score FILE...`: costs and entropy of every backbone and costs of every detector of files, of one of a file as FILE#NAME, or of
 * published designs. What can be read is scored; errors of a text go to standard error and end the command with 1.
 */
export const score = (args: readonly string[], options: ScoreOptions): Promise<ExitCode> =>
  options.watch === true
    ? watched(args, options.json === true, () => scoreOnce(args, options))
    : scoreOnce(args, options);

async function scoreOnce(args: readonly string[], options: ScoreOptions): Promise<ExitCode> {
  const size = options.at === undefined ? undefined : sizeOption('--at', options.at);
  if (size !== undefined && !size.ok) return report(size);
  let worst: ExitCode = EXIT.done;
  const all: ScoredDesigns[] = [];
  const names = await designFiles(args);
  for (const name of names) {
    const named = await namedDesigns(name);
    const exit = named.ok ? sayErrors(named.value) : report(named);
    if (exit > worst) worst = exit;
    if (named.ok) all.push({ named: named.value, file: scored(named.value.snapshot, size?.value, named.value.wanted) });
  }
  if (all.length === 0) return worst;
  const errors = saidErrors(worst);
  if (options.json === true)
    printJson({ ...jsonOf(all, names.length > 1), ...(errors.length === 0 ? {} : { errors }) });
  else printText(all, { isOwnSize: size === undefined, isHeaded: names.length > 1 });
  return worst;
}

/** One object for all of them; where there are several, each design says where it is from. */
function jsonOf(all: readonly ScoredDesigns[], hasSeveral: boolean) {
  const files = all.map(({ named, file }) => {
    const { backbones, detectors } = scoredJson(file, named.snapshot);
    const from = hasSeveral ? { from: named.from } : {};
    return {
      backbones: backbones.map((one) => ({ ...from, ...one })),
      detectors: detectors.map((one) => ({ ...from, ...one })),
    };
  });
  return {
    backbones: files.flatMap(({ backbones }) => backbones),
    detectors: files.flatMap(({ detectors }) => detectors),
  };
}

function printText(
  all: readonly ScoredDesigns[],
  { isOwnSize, isHeaded }: { readonly isOwnSize: boolean; readonly isHeaded: boolean },
): void {
  const width = outputWidth();
  const blocks = all.flatMap(({ named, file }) => {
    const own = blocksOf(file, named, isOwnSize, width);
    return own.length > 0 && isHeaded ? [`${named.from}:`, ...own] : own;
  });
  if (blocks.length === 0) return;
  const hasDetectors = all.some(({ file }) => file.detectors.length > 0);
  const legend = hasDetectors ? `${LEGEND}\n${DETECTOR_LEGEND}` : LEGEND;
  print(wrapped([...blocks, legend].join('\n\n'), width));
}

function blocksOf(
  { backbones, detectors }: ScoredFile,
  { snapshot, wanted }: NamedDesigns,
  isOwnSize: boolean,
  width: number,
): string[] {
  const devices = deviceCosts(snapshot.design);
  return [
    ...backbones.map(({ sized, budgets }) =>
      [scoreText(sized, devices, width), ...budgetLines(sized.costs, budgets)].join('\n'),
    ),
    ...detectors.map(({ sized, budgets }) => detectorText(sized, budgets, devices)),
    // Searches are of the whole text, at the size that is written.
    ...(isOwnSize && wanted === undefined && backbones.length > 0 ? searchPrices(snapshot) : []),
  ];
}

function sayErrors({ from, snapshot, file }: NamedDesigns): ExitCode {
  if (file === undefined) return EXIT.done;
  const errors = textErrorsOf(file);
  for (const problem of errors) say(problemLine(file, problem));
  if (errors.length === 0 && snapshot.backbones.length === 0) {
    say(`${from}:1:1: error[file]: This file has no backbone to score.`);
    return EXIT.input;
  }
  return errors.length > 0 ? EXIT.input : EXIT.done;
}
