import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type NpmInstall, type NpmOutcome, npmInstall } from './npm-install.ts';

/** The folder in which npm works; only what it finished leaves it. */
const STAGING = 'installing-';
/** Nobody waits that long for an installation: what is older was left by a window that was closed (ms). */
const ABANDONED = 24 * 3600 * 1000;

export interface StagedInstall extends Omit<NpmInstall, 'what'> {
  readonly name: string;
  readonly version: string;
}

/**
 * Installs a package so that `folder/node_modules` either holds all of it or is what it was before: npm works in a
 * folder beside, which takes the place by being renamed. Never throws.
 */
export async function stagedInstall(install: StagedInstall): Promise<NpmOutcome> {
  const { folder, name, version, ...how } = install;
  let staging: string | undefined;
  try {
    await mkdir(folder, { recursive: true });
    await removeAbandoned(folder);
    staging = await mkdtemp(path.join(folder, STAGING));
    await writeManifest(staging, name);
    const outcome = await npmInstall({ ...how, folder: staging, what: `${name}@${version}` });
    if (outcome.kind !== 'installed') return outcome;
    if (!existsSync(path.join(staging, 'node_modules', name, 'package.json'))) {
      return { kind: 'failed', reason: `npm ended well, but ${name} is not there.` };
    }
    await replace(path.join(staging, 'node_modules'), path.join(folder, 'node_modules'), path.join(staging, 'before'));
    await writeManifest(folder, name);
    return outcome;
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    // A file that is still open on Windows is left to removeAbandoned.
    if (staging !== undefined) await rm(staging, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A package of its own, so that npm does not climb to somebody else's; it may run the script that brings the library. */
const writeManifest = (folder: string, name: string): Promise<void> =>
  writeFile(
    path.join(folder, 'package.json'),
    `${JSON.stringify({ private: true, allowScripts: { [name]: true } })}\n`,
  );

/** Puts a folder in the place of another, which comes back when that fails: on Windows a loaded library cannot move. */
async function replace(fresh: string, place: string, aside: string): Promise<void> {
  const occupied = existsSync(place);
  if (occupied) await rename(place, aside);
  try {
    await rename(fresh, place);
  } catch (error) {
    if (occupied) await rename(aside, place);
    throw error;
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    const whole = path.join(folder, entry);
    if (!entry.startsWith(STAGING) || Date.now() - (await stat(whole)).mtimeMs < ABANDONED) continue;
    await rm(whole, { recursive: true, force: true }).catch(() => undefined);
  }
}
