import manifest from '../../../package.json' with { type: 'json' };
import { done, EXIT, type ExitCode, fail, type Outcome } from '../answers/exit.ts';
import { problemLine, type ReadFile, readFile, textErrorsOf } from '../answers/problems.ts';
import { at, readSource, STDIN } from '../answers/source.ts';
import { unwritable, writeFile } from '../answers/write.ts';
import { taken } from '../files/new-files.ts';
import { designsOf, type ReportedFile } from '../report/designs.ts';
import { frontDesigns, type ReportedFront } from '../report/front.ts';
import { reportPage } from '../report/page.ts';
import { designFiles } from './design-files.ts';
import { readMeasured } from './measured-file.ts';
import { report, say } from './output.ts';
import { searchPrices } from './score-prices.ts';

export interface ReportOptions {
  readonly out?: string;
  readonly force?: boolean;
  readonly front?: string;
  readonly measured?: string;
}

/**
 * `mae report FILE...`: all that is known of designs as one HTML page, to standard output or to --out. What can be read is in
 * it; errors of the text are in it too, go to standard error, and end the command with 1.
 */
export async function reportDesigns(args: readonly string[], options: ReportOptions): Promise<ExitCode> {
  const files: ReadFile[] = [];
  for (const path of await designFiles(args)) {
    const source = await readSource(path);
    if (!source.ok) return report(source);
    files.push(readFile(source.value));
  }
  const front = options.front === undefined ? undefined : await frontOf(options.front);
  if (front !== undefined && !front.ok) return report(front);
  const measured = options.measured === undefined ? undefined : await readMeasured(options.measured);
  if (measured !== undefined && !measured.ok) return report(measured);
  const errors = files.flatMap((file) => textErrorsOf(file).map((problem) => problemLine(file, problem)));
  for (const line of errors) say(line);
  const reported = files.map(reportedFile);
  if (reported.flatMap(designsOf).length === 0) {
    const [first] = files;
    if (errors.length === 0) say(at(first?.source.path ?? '', 'This file has no backbone to report.'));
    return EXIT.input;
  }
  const { version } = manifest;
  const page = reportPage({ files: reported, version, front: front?.value, measured: measured?.value });
  const written = await write(page, options);
  if (!written.ok) return report(written);
  return errors.length > 0 ? EXIT.input : EXIT.done;
}

const reportedFile = ({ source, snapshot, problems }: ReadFile): ReportedFile => ({
  path: source.path === STDIN ? 'standard input' : source.path,
  snapshot,
  problems,
  worth: searchPrices(snapshot),
});

async function frontOf(path: string): Promise<Outcome<ReportedFront>> {
  const source = await readSource(path);
  if (!source.ok) return source;
  const file = readFile(source.value);
  const errors = textErrorsOf(file).map((problem) => problemLine(file, problem));
  if (errors.length > 0) return fail(EXIT.input, errors.join('\n'));
  if (frontDesigns(file.snapshot).length === 0)
    return fail(EXIT.input, at(path, 'This file has no backbone: give one that mae search --front wrote.'));
  return done({ path, snapshot: file.snapshot });
}

async function write(page: string, { out, force }: ReportOptions): Promise<Outcome<undefined>> {
  if (out === undefined) {
    process.stdout.write(page);
    return done(undefined);
  }
  if (taken([{ path: out, content: page }]).length > 0 && force !== true)
    return fail(EXIT.environment, unwritable(out, 'it is there already, and --force would write over it'));
  return writeFile(out, page);
}
