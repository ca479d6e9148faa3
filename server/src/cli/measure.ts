import { availableParallelism } from 'node:os';
import { atSize } from '../analysis/at-size.ts';
import type { Staged } from '../analysis/stage-log-stds.ts';
import { done, EXIT, type ExitCode, type Outcome } from '../answers/exit.ts';
import { backendSettings } from '../answers/measure-program.ts';
import { choiceOption, numberOption, SEED, sizeOption } from '../answers/options.ts';
import { problemLine, type ReadFile, readFile, textErrorsOf } from '../answers/problems.ts';
import { readSource } from '../answers/source.ts';
import type { ImageSize } from '../backbone/backbone.ts';
import { detectorAtSize } from '../detector/at-size.ts';
import { measuredPlaces } from '../detector/measured-places.ts';
import type { NumberRule } from '../language/quantity.ts';
import { BACKENDS, type BackendChoice, measuresZen } from '../measure/backends/backend.ts';
import { type Measurement, measureNetwork } from '../measure/measure.ts';
import type { MeasureSettings } from '../measure/measure-settings.ts';
import { reportFailure, withMeasureClient } from './measure-client.ts';
import { measureJson, measureText } from './measure-report.ts';
import { print, printJson, report, say } from './output.ts';
import { CLEAR_LINE, isDrawnOver } from './terminal.ts';

/** As they come from the command line: text, with the defaults of `register-measure.ts`. */
export interface MeasureCommandOptions {
  readonly json?: boolean;
  readonly backend: string;
  readonly activation: string;
  readonly at?: string;
  readonly draws: string;
  readonly seed: string;
  readonly workers?: string;
  readonly zen: boolean;
}

const DRAWS: NumberRule = { what: 'draws', min: 1, max: 10_000, whole: true };
const WORKERS: NumberRule = { what: 'workers', min: 1, max: 256, whole: true };
const CHOICES: readonly BackendChoice[] = ['auto', ...BACKENDS];

export interface NamedMeasurement {
  readonly kind: 'backbone' | 'detector';
  readonly name: string;
  readonly measurement: Measurement;
}

/** Something of a file that a pass goes through. */
interface Target {
  readonly kind: 'backbone' | 'detector';
  readonly name: string;
  readonly network: Staged;
}

/** `mae measure FILE`: forward passes with random weights for every backbone and detector of the file, one after another. */
export async function measure(path: string, options: MeasureCommandOptions): Promise<ExitCode> {
  const settings = settingsOf(options);
  if (!settings.ok) return report(settings);
  const size = options.at === undefined ? undefined : sizeOption('--at', options.at);
  if (size !== undefined && !size.ok) return report(size);
  const source = await readSource(path);
  if (!source.ok) return report(source);
  const file = readFile(source.value);
  const exit = sayErrors(file);
  const targets = targetsOf(file, size?.value);
  if (targets.length === 0) return exit;
  const results: NamedMeasurement[] = [];
  const failure = await withMeasureClient(async (client, signal) => {
    for (const { kind, name, network } of targets) {
      const progress = progressOf(name);
      // A Zen-Score is defined for chains, and a detector is none.
      const own = kind === 'backbone' ? settings.value : { ...settings.value, zenDraws: 0 };
      const outcome = await measureNetwork(network, own, { client }, { signal, onProgress: progress });
      progress(0, 0);
      if (!outcome.ok) return outcome.failure;
      results.push({ kind, name, measurement: outcome.value });
    }
    return undefined;
  });
  // What was measured before it failed is printed; the code still tells.
  if (options.json === true) {
    if (results.length > 0) printJson(measureJson(results));
  } else for (const result of results) print(`${measureText(result)}\n`);
  return failure === undefined ? exit : reportFailure(failure);
}

function settingsOf(options: MeasureCommandOptions): Outcome<MeasureSettings> {
  const backend = choiceOption('--backend', options.backend, CHOICES);
  if (!backend.ok) return backend;
  const activation = choiceOption('--activation', options.activation, ['linear', 'relu'] as const);
  if (!activation.ok) return activation;
  const draws = numberOption('--draws', options.draws, DRAWS);
  if (!draws.ok) return draws;
  const seed = numberOption('--seed', options.seed, SEED);
  if (!seed.ok) return seed;
  const workers =
    options.workers === undefined ? done(availableParallelism()) : numberOption('--workers', options.workers, WORKERS);
  if (!workers.ok) return workers;
  return done({
    backend: backend.value,
    activation: activation.value,
    draws: draws.value,
    seed: seed.value,
    zenDraws: options.zen && measuresZen(backend.value) ? draws.value : 0,
    workers: workers.value,
    backends: backendSettings(),
  });
}

/** What can be read, at an image size or each at its own: backbones first. */
function targetsOf({ snapshot }: ReadFile, size: ImageSize | undefined): Target[] {
  const backbones = snapshot.backbones.flatMap(({ analysis, fresh }): Target[] => {
    if (analysis === undefined || !fresh) return [];
    const { backbone, network } = atSize(analysis, size);
    return [{ kind: 'backbone', name: backbone.name, network }];
  });
  const detectors = snapshot.detectors.flatMap(({ analysis, fresh }): Target[] => {
    const sized = analysis === undefined || !fresh ? undefined : detectorAtSize(analysis, size);
    if (sized === undefined) return [];
    return [{ kind: 'detector', name: sized.detector.name, network: measuredPlaces(sized.network) }];
  });
  return [...backbones, ...detectors];
}

function sayErrors(file: ReadFile): ExitCode {
  const errors = textErrorsOf(file);
  for (const problem of errors) say(problemLine(file, problem));
  if (errors.length === 0 && file.snapshot.backbones.length === 0) {
    say(`${file.source.path}:1:1: error[file]: This file has no backbone to measure.`);
    return EXIT.input;
  }
  return errors.length > 0 ? EXIT.input : EXIT.done;
}

/** A counter on a terminal, and nothing in a log. A total of 0 clears it. */
const progressOf =
  (name: string) =>
  (drawn: number, total: number): void => {
    if (!isDrawnOver()) return;
    process.stderr.write(CLEAR_LINE + (total === 0 ? '' : `${name}: draw ${drawn} of ${total}`));
  };
