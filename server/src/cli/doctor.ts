import { EXIT, type ExitCode } from '../answers/exit.ts';
import { backendSettings } from '../answers/measure-program.ts';
import { examine } from '../measure/doctor.ts';
import { doctorText } from '../measure/doctor-report.ts';
import { NODE_MACHINE } from '../measure/node/machine.ts';
import { reportFailure, withMeasureClient } from './measure-client.ts';
import { print, printJson } from './output.ts';

export interface DoctorOptions {
  readonly json?: boolean;
}

/** `mae doctor`: opens, proves and times every backend. Ends with 3 where none is usable. */
export async function doctor(options: DoctorOptions): Promise<ExitCode> {
  const outcome = await withMeasureClient((client, signal) =>
    examine(client, backendSettings(), NODE_MACHINE, { signal }),
  );
  if (!outcome.ok) return reportFailure(outcome.failure);
  if (options.json === true) printJson(outcome.value);
  else print(doctorText(outcome.value));
  return outcome.value.auto === undefined ? EXIT.environment : EXIT.done;
}
