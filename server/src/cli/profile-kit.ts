import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { percent } from '../../../common/numbers.ts';
import { EXIT, type ExitCode, fail, type Outcome } from '../answers/exit.ts';
import { unwritable, writeFile } from '../answers/write.ts';
import { readBounded } from '../files/read-bounded.ts';
import { writeProfile } from '../latency/write-profile.ts';
import { profileFromKit } from '../profiling/kit/profile-from-kit.ts';
import { type Read, readDevice, readKit, readResults } from '../profiling/kit/results.ts';
import { kitFiles } from '../profiling/kit/write-kit.ts';
import { print, report, say } from './output.ts';

/** The files that a device's scripts write are small. */
const MAX_BYTES = 8_000_000;

/** `mae profile --kit FOLDER`: what another device needs to be profiled without us. */
export async function writeKit(folder: string): Promise<ExitCode> {
  const files = kitFiles();
  if (existsSync(path.join(folder, 'results.csv')))
    return report(fail(EXIT.environment, unwritable(folder, 'it has results of a kit, which a new kit would not fit')));
  try {
    mkdirSync(path.join(folder, 'models'), { recursive: true });
  } catch (error) {
    return report(fail(EXIT.environment, unwritable(folder, error instanceof Error ? error.message : String(error))));
  }
  for (const file of files) {
    const written = await writeFile(path.join(folder, file.path), file.content());
    if (!written.ok) return report(written);
  }
  print(`${folder} has a kit of ${files.length} files: copy it to the device, and read its README.md there.`);
  return EXIT.done;
}

/** `mae profile --from FOLDER`: the profile of a device from what its scripts brought back. */
export async function profileFrom(folder: string, out: string): Promise<ExitCode> {
  const kit = readPart(folder, 'kit.json', readKit);
  if (!kit.ok) return report(kit);
  const device = readPart(folder, 'device.json', readDevice);
  if (!device.ok) return report(device);
  const times = readPart(folder, 'results.csv', (text) => readResults(text, kit.value.reference));
  if (!times.ok) return report(times);
  const profile = profileFromKit(kit.value, device.value, times.value);
  if (!profile.ok)
    return report(fail(EXIT.input, `${path.join(folder, 'results.csv')}: error[bad-kit]: ${profile.message}`));
  const { heldOut, timing } = profile.value;
  const written = await writeFile(out, writeProfile(profile.value));
  if (!written.ok) return report(written);
  if (heldOut !== undefined)
    say(
      `${heldOut.networks} networks that had no part in it are predicted with an error of ${percent(heldOut.medianError)} in the median, ${percent(heldOut.error95)} at most; the reference twice differs by ${percent(timing.noise)}.`,
    );
  print(`${out} is the profile of ${device.value.device}.`);
  return EXIT.done;
}

function readPart<T>(folder: string, name: string, read: (text: string) => Read<T>): Outcome<T> {
  const file = path.join(folder, name);
  const reading = readBounded(file, MAX_BYTES);
  const wrong = (message: string): Outcome<never> => fail(EXIT.input, `${file}: error[bad-kit]: ${message}`);
  if ('wrong' in reading)
    return wrong(
      `This file of the kit cannot be read: ${reading.wrong}. ${name === 'kit.json' ? 'Name the folder of a kit.' : 'The script of the kit writes it on the device.'}`,
    );
  const value = read(reading.text);
  return value.ok ? value : wrong(value.message);
}
