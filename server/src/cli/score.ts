import { atSize } from '../analysis/at-size.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { sizeOption } from './options.ts';
import { print, printJson, report, say } from './output.ts';
import { problemLine, type ReadFile, readFile, textErrorsOf } from './problems.ts';
import { scoreJson } from './score-json.ts';
import { searchPrices } from './score-prices.ts';
import { LEGEND, scoreText } from './score-text.ts';
import { readSource } from './source.ts';

export interface ScoreOptions {
  readonly json?: boolean;
  readonly at?: string;
}

/**
 * `mae score FILE`: costs and entropy of every backbone of the file. What can be read is scored; errors of the text go
 * to standard error and end the command with 1.
 */
export async function score(path: string, options: ScoreOptions): Promise<ExitCode> {
  const size = options.at === undefined ? undefined : sizeOption('--at', options.at);
  if (size !== undefined && !size.ok) return report(size);
  const source = await readSource(path);
  if (!source.ok) return report(source);
  const file = readFile(source.value);
  const analyses = file.snapshot.backbones.flatMap(({ analysis, fresh }) =>
    analysis === undefined || !fresh ? [] : [atSize(analysis, size?.value)],
  );
  if (options.json === true) printJson({ backbones: analyses.map(scoreJson) });
  else if (analyses.length > 0) {
    // A search is at the size that is written.
    const prices = size === undefined ? searchPrices(file.snapshot) : [];
    print([...analyses.map(scoreText), ...prices, LEGEND].join('\n\n'));
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
