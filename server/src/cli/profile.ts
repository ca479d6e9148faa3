import { rmSync } from 'node:fs';
import path from 'node:path';
import { done, EXIT, type ExitCode, fail, type Outcome } from '../answers/exit.ts';
import { backendSettings } from '../answers/measure-program.ts';
import { choiceOption, numberOption } from '../answers/options.ts';
import { problemLine, readFile, textErrorsOf } from '../answers/problems.ts';
import { readSource } from '../answers/source.ts';
import { mayWrite, writeFile } from '../answers/write.ts';
import type { NumberRule } from '../backbone/arguments.ts';
import type { Backbone } from '../backbone/backbone.ts';
import { PROFILE_SUFFIX, type Profile, profileFile } from '../latency/profile.ts';
import { readProfile } from '../latency/read-profile.ts';
import { writeProfile } from '../latency/write-profile.ts';
import { familyOf, wideFamily } from '../profiling/families.ts';
import { makeProfile } from '../profiling/make-profile.ts';
import { ortTimer } from '../profiling/ort-timer.ts';
import { loadRuntime, RUNTIME_NAME } from '../profiling/runtime.ts';
import { interruptibly } from './interruptible.ts';
import { print, report, say } from './output.ts';
import { PointsFile } from './points-file.ts';
import { profileFrom, writeKit } from './profile-kit.ts';
import { deviceName, nameOf } from './profile-name.ts';
import { profileProgress } from './profile-progress.ts';
import { NOISY, profileText } from './profile-report.ts';

export interface ProfileOptions {
  readonly device: string;
  readonly threads: string;
  readonly seconds: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly kit?: string;
  readonly from?: string;
}

const THREADS: NumberRule = { what: 'threads', min: 1, max: 256, whole: true };
const SECONDS: NumberRule = { what: 'seconds', min: 1, max: 36_000, whole: false };

/** Held-out networks predicted so well on the median end the measuring. */
const TARGET = 0.02;

/**
 * `mae profile [FILE...]`: times operators and networks on this machine and writes what `latency <= 12ms on NAME` reads. With
 * --kit it writes what another device needs for that, and with --from it reads what came back.
 */
export async function profile(files: readonly string[], options: ProfileOptions): Promise<ExitCode> {
  const { kit, from } = options;
  if (kit !== undefined && from !== undefined)
    return report(fail(EXIT.usage, 'error: options --kit and --from: choose one of them'));
  if (kit !== undefined) return writeKit(kit);
  if (from !== undefined) return profileKit(from, options);
  return profileHere(files, options);
}

async function profileKit(folder: string, { out, force }: ProfileOptions): Promise<ExitCode> {
  if (out === undefined) return report(fail(EXIT.usage, 'error: option --from: name the profile with --out'));
  const file = profilePath(out);
  if (!file.ok) return report(file);
  const free = mayWrite(file.value, force);
  return free.ok ? profileFrom(folder, file.value) : report(free);
}

async function profileHere(files: readonly string[], options: ProfileOptions): Promise<ExitCode> {
  const device = choiceOption('--device', options.device, ['cpu'] as const);
  if (!device.ok) return report(device);
  const threads = numberOption('--threads', options.threads, THREADS);
  if (!threads.ok) return report(threads);
  const seconds = numberOption('--seconds', options.seconds, SECONDS);
  if (!seconds.ok) return report(seconds);
  const out = outOf(options.out, threads.value);
  if (!out.ok) return report(out);
  // Before minutes are spent on it.
  const free = mayWrite(out.value, options.force);
  if (!free.ok) return report(free);
  const designs = await designsOf(files);
  if (!designs.ok) return report(designs);
  const loaded = loadRuntime(backendSettings().cudaFolders);
  if (!loaded.ok) {
    say(`error: ${loaded.message}`);
    say(`next step: ${loaded.nextStep}`);
    return EXIT.environment;
  }
  const { runtime } = loaded;
  const about = {
    device: deviceName(),
    runtime: { name: RUNTIME_NAME, version: runtime.version },
    threads: threads.value,
    date: new Date().toISOString().slice(0, 10),
  };
  const points = new PointsFile(partial(out.value), {
    device: about.device,
    runtime: `${RUNTIME_NAME} ${runtime.version}`,
    threads: threads.value,
  });
  const measured = points.read();
  const before = measured.state.operations.length;
  if (before > 0) say(`Going on with ${before} points of ${points.path}.`);
  const progress = profileProgress(seconds.value);
  const timer = await ortTimer(runtime, threads.value);
  const start = performance.now();
  const made = await interruptibly(async (signal) => {
    try {
      return await makeProfile(
        timer,
        designs.value.length === 0 ? wideFamily() : familyOf(designs.value),
        { about, seconds: seconds.value, target: TARGET },
        measured,
        {
          signal,
          clock: () => (performance.now() - start) / 1000,
          onProgress: progress.update,
          keep: (all) => points.offer(all),
        },
      );
    } finally {
      await timer.close();
      progress.end();
    }
  });
  if (made === undefined) {
    points.write(measured);
    if (points.fault !== undefined) say(`error: ${points.path} cannot be written: ${points.fault}.`);
    else say(`Stopped; what was measured is in ${points.path}. The same command goes on with it.`);
    return EXIT.interrupted;
  }
  return write(out.value, made, points);
}

async function write(file: string, made: Profile, points: PointsFile): Promise<ExitCode> {
  const text = writeProfile(made);
  const again = readProfile(text);
  if (again.kind === 'fault')
    return report(fail(EXIT.environment, `error: the profile is not as it should be: ${again.message}`));
  const written = await writeFile(file, text);
  if (!written.ok) return report(written);
  rmSync(points.path, { force: true });
  print(profileText(made, file, nameOf(file)));
  if (made.timing.noise > NOISY.share) say(NOISY.advice(made.timing.noise));
  return EXIT.done;
}

const partial = (file: string): string => `${file.slice(0, -PROFILE_SUFFIX.length)}.maeprofile.points`;

/** Where the profile goes: NAME.maeprofile.json, whose NAME a budget names. */
function outOf(out: string | undefined, threads: number): Outcome<string> {
  const file =
    out ??
    profileFile(
      deviceName()
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_')
        .replace(/^_+|_+$/g, '') + (threads > 1 ? `_${threads}_threads` : ''),
    );
  return profilePath(file);
}

/** A path whose file is called as a budget can name it. */
function profilePath(file: string): Outcome<string> {
  if (!file.endsWith(PROFILE_SUFFIX))
    return fail(
      EXIT.usage,
      `error: option --out: a profile is called NAME${PROFILE_SUFFIX}, where NAME is the device's name in budgets.`,
    );
  const name = nameOf(file);
  if (!/^[\p{L}_][\p{L}\p{M}\p{N}_]*(-[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*)*$/u.test(name))
    return fail(
      EXIT.usage,
      `error: option --out: '${name}' cannot be named in a budget: use letters, digits, _ and inner hyphens, a letter first.`,
    );
  return done(path.normalize(file));
}

/** What a design lacks until its profile is there. */
const MADE_HERE: ReadonlySet<string> = new Set(['no-profile', 'bad-profile']);

async function designsOf(files: readonly string[]): Promise<Outcome<Backbone[]>> {
  const designs: Backbone[] = [];
  for (const file of files) {
    const source = await readSource(file);
    if (!source.ok) return source;
    const read = readFile(source.value);
    const error = textErrorsOf(read).find(({ code }) => !MADE_HERE.has(code));
    if (error !== undefined) return fail(EXIT.input, problemLine(read, error));
    for (const { analysis } of read.snapshot.backbones) if (analysis !== undefined) designs.push(analysis.backbone);
    if (read.snapshot.backbones.length === 0)
      return fail(EXIT.input, `${file}:1:1: error[file]: This file has no backbone to make a profile for.`);
  }
  return done(designs);
}
