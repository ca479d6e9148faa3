import { EXIT, type ExitCode } from '../answers/exit.ts';
import { sizeOption } from '../answers/options.ts';
import { problemLine, type ReadFile, readFile, textErrorsOf } from '../answers/problems.ts';
import { detectorJson, scoreJson } from '../answers/score-json.ts';
import { scored } from '../answers/scored.ts';
import { readSource } from '../answers/source.ts';
import { deviceCosts } from '../features/device-costs.ts';
import { DETECTOR_LEGEND, detectorText } from './detector-text.ts';
import { print, printJson, report, say } from './output.ts';
import { searchPrices } from './score-prices.ts';
import { LEGEND, scoreText } from './score-text.ts';

export interface ScoreOptions {
  readonly json?: boolean;
  readonly at?: string;
}

/**
 * `mae score FILE`: costs and entropy of every backbone of the file, costs of every detector. What can be read is scored; errors of the text go
 * to standard error and end the command with 1.
 */
export async function score(path: string, options: ScoreOptions): Promise<ExitCode> {
  const size = options.at === undefined ? undefined : sizeOption('--at', options.at);
  if (size !== undefined && !size.ok) return report(size);
  const source = await readSource(path);
  if (!source.ok) return report(source);
  const file = readFile(source.value);
  const { backbones, detectors } = scored(file.snapshot, size?.value);
  const analyses = backbones.map(({ sized }) => sized);
  const devices = deviceCosts(file.snapshot.design);
  if (options.json === true)
    printJson({
      backbones: analyses.map(scoreJson),
      detectors: detectors.map(({ sized }) => detectorJson(sized, devices)),
    });
  else if (analyses.length > 0) {
    // Budgets and searches are at the size that is written.
    const own = size === undefined;
    const prices = own ? searchPrices(file.snapshot) : [];
    const whole = detectors.map(({ sized, budgets }) => detectorText(sized, own ? budgets : [], devices));
    const legend = detectors.length === 0 ? LEGEND : `${LEGEND}\n${DETECTOR_LEGEND}`;
    print([...analyses.map((analysis) => scoreText(analysis, devices)), ...whole, ...prices, legend].join('\n\n'));
  }
  return sayErrors(file);
}

function sayErrors(file: ReadFile): ExitCode {
  const errors = textErrorsOf(file);
  for (const problem of errors) say(problemLine(file, problem));
  if (errors.length === 0 && file.snapshot.backbones.length === 0) {
    say(`${file.source.path}:1:1: error[file]: This file has no backbone to score.`);
    return EXIT.input;
  }
  return errors.length > 0 ? EXIT.input : EXIT.done;
}
