import { basename } from 'node:path';
import { done, EXIT, type ExitCode, fail, type Outcome } from '../answers/exit.ts';
import { choiceOption, numberOption, SEED } from '../answers/options.ts';
import { place, problemLine, type ReadFile, readFile, textErrorsOf } from '../answers/problems.ts';
import { readSource } from '../answers/source.ts';
import { unwritable, writeFile } from '../answers/write.ts';
import { type ExportFormat, type ExportOutcome, WEIGHTS } from '../exchange/export-format.ts';
import { type Exportable, exportableBackbone, exportableDetector } from '../exchange/exportable.ts';
import { allFormats, formatNamed } from '../exchange/formats.ts';
import { taken, withBeside } from '../files/new-files.ts';
import { report, say } from './output.ts';

export interface ExportOptions {
  readonly to: string;
  readonly backbone?: string;
  readonly detector?: string;
  readonly weights?: string;
  readonly seed?: string;
  readonly force?: boolean;
  readonly out?: string;
}

/** `mae export FILE --to FORMAT`: one design in the format of another program. */
export async function exportDesign(path: string, options: ExportOptions): Promise<ExitCode> {
  const format = formatOption(options);
  if (!format.ok) return report(format);
  const weights = choiceOption('--weights', options.weights ?? 'none', WEIGHTS);
  if (!weights.ok) return report(weights);
  const seed = numberOption('--seed', options.seed ?? '0', SEED);
  if (!seed.ok) return report(seed);
  const source = await readSource(path);
  if (!source.ok) return report(source);
  const file = readFile(source.value);
  const chosen = choose(file, options);
  if (!chosen.ok) return report(chosen);
  const { design, name, spanOf } = chosen.value;
  if (design === undefined) {
    for (const problem of textErrorsOf(file)) say(problemLine(file, problem));
    return EXIT.input;
  }
  const exported = format.value.export(design, {
    weights: weights.value,
    seed: seed.value,
    file: basename(options.out ?? name + format.value.extension),
  });
  if (!exported.ok) {
    say(`${place(file.source, file.snapshot, spanOf(exported.group))}: error[export]: ${exported.message}`);
    return EXIT.input;
  }
  const written = await write(exported, options);
  return written.ok ? EXIT.done : report(written);
}

/** The format, where it can do what is asked of it. */
function formatOption({ to, detector, weights, seed, backbone }: ExportOptions): Outcome<ExportFormat> {
  const names = allFormats().map(({ name }) => name);
  const format = formatNamed(to);
  const usage = (message: string): Outcome<never> => fail(EXIT.usage, `error: ${message}`);
  if (format === undefined) return choiceOption('--to', to, names) as Outcome<never>;
  if (detector !== undefined && backbone !== undefined) return usage('choose --backbone or --detector, not both');
  if (detector !== undefined && format.takes === 'backbone')
    return usage(`option --detector: ${to} is a format of backbones`);
  if (!format.hasWeights && (weights ?? seed) !== undefined)
    return usage(`option ${weights === undefined ? '--seed' : '--weights'}: ${to} has no weights`);
  return done(format);
}

function choose(file: ReadFile, { backbone, detector }: ExportOptions): Outcome<Exportable> {
  const { backbones, detectors } = file.snapshot.design;
  if (detector !== undefined) {
    const found = named(file, 'detector', detectors, detector);
    return found.ok ? done(exportableDetector(found.value)) : found;
  }
  const found = named(file, 'backbone', backbones, backbone);
  return found.ok ? done(exportableBackbone(found.value)) : found;
}

function named<T extends { readonly name: string }>(
  file: ReadFile,
  kind: 'backbone' | 'detector',
  all: readonly T[],
  name: string | undefined,
): Outcome<T> {
  const names = all.map((one) => one.name).join(', ');
  const [first, second] = all;
  if (first === undefined) {
    const errors = textErrorsOf(file).map((problem) => problemLine(file, problem));
    errors.push(`${file.source.path}:1:1: error[file]: This file has no ${kind} to export.`);
    return fail(EXIT.input, errors.join('\n'));
  }
  if (name === undefined) {
    if (second === undefined) return done(first);
    return fail(EXIT.usage, `error: this file has several ${kind}s: choose one with --${kind} (${names})`);
  }
  const found = all.find((one) => one.name === name);
  return found === undefined
    ? fail(EXIT.usage, `error: option --${kind}: there is no '${name}', only ${names}`)
    : done(found);
}

/** Writes an export and what belongs to it, all of it to where nothing stands unless it may. */
async function write(
  { content, beside = [] }: Extract<ExportOutcome, { ok: true }>,
  { out, force }: ExportOptions,
): Promise<Outcome<undefined>> {
  if (out === undefined) {
    if (typeof content !== 'string' || beside.length > 0)
      return fail(EXIT.usage, 'error: this is no text of one file: name the file to write with --out');
    process.stdout.write(content);
    return done(undefined);
  }
  const files = withBeside(out, content, beside);
  const [there] = taken(files);
  if (there !== undefined && force !== true)
    return fail(EXIT.environment, unwritable(there, 'it is there already, and --force would write over it'));
  for (const { path, content: bytes } of files) {
    const written = await writeFile(path, bytes);
    if (!written.ok) return written;
  }
  return done(undefined);
}
