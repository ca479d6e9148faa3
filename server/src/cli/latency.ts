import { done, EXIT, type ExitCode } from '../answers/exit.ts';
import { problemLine, readFile, textErrorsOf } from '../answers/problems.ts';
import { readSource } from '../answers/source.ts';
import { deviceModel } from '../latency/latency-cost.ts';
import { checkLatency } from './latency-check.ts';
import { latencyJson } from './latency-json.ts';
import { profileOption } from './latency-profile.ts';
import { latencyRows } from './latency-rows.ts';
import { latencyText } from './latency-text.ts';
import { print, printJson, report, say } from './output.ts';

export interface LatencyOptions {
  readonly on: string;
  readonly json?: boolean;
  readonly check?: boolean;
}

/** `mae latency FILE --on PROFILE`: how long every backbone and detector of a file takes on a device, line by line; with --check beside what it takes here. */
export async function latency(path: string, options: LatencyOptions): Promise<ExitCode> {
  const source = await readSource(path);
  if (!source.ok) return report(source);
  const profile = profileOption(options.on, path);
  if (!profile.ok) return report(profile);
  const { name, cost } = profile.value;
  const model = deviceModel(cost);
  const file = readFile(source.value);
  const predicted = model === undefined ? undefined : latencyRows(file.snapshot, cost, model);
  if (predicted !== undefined && model !== undefined) {
    const found =
      options.check === true ? await checkLatency(predicted, file.snapshot, model.profile.threads) : done(predicted);
    if (!found.ok) return report(found);
    const rows = found.value;
    if (options.json === true) printJson(latencyJson(name, model.profile, rows));
    else if (rows.backbones.length > 0) print(latencyText(name, model.profile, rows));
  }
  const errors = textErrorsOf(file);
  for (const problem of errors) say(problemLine(file, problem));
  if (errors.length === 0 && file.snapshot.backbones.length === 0) {
    say(`${path}:1:1: error[file]: This file has no backbone.`);
    return EXIT.input;
  }
  return errors.length > 0 ? EXIT.input : EXIT.done;
}
