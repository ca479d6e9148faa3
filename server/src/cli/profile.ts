import { EXIT, type ExitCode, fail } from './exit.ts';
import { report } from './output.ts';
import { profileFrom, writeKit } from './profile-kit.ts';

export interface ProfileOptions {
  readonly kit?: string;
  readonly from?: string;
  readonly out?: string;
}

/** `mae profile`: how long operators take on a device. */
export async function profile(options: ProfileOptions): Promise<ExitCode> {
  const { kit, from, out } = options;
  if (kit !== undefined) return writeKit(kit);
  if (from === undefined || out === undefined)
    return report(fail(EXIT.usage, 'error: name --kit FOLDER, or --from FOLDER with --out FILE'));
  return profileFrom(from, out);
}
