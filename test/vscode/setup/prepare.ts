import { installCodeServer, isInstalled } from './code-server.ts';
import { findChromium } from './find.ts';
import { ensureTools } from './tools.ts';

/** The programs that make up a real VS Code. */
export interface Programs {
  /** The script that starts code-server. */
  readonly codeServer: string;
  readonly chromium: string;
}

/** Finds, and where needed installs, what real VS Code needs on this machine. */
export async function prepare(): Promise<Programs> {
  await ensureTools(!isInstalled());
  const chromium = findChromium();
  if (!chromium) throw new Error('Chromium was found a moment ago and is gone.');
  return { codeServer: await installCodeServer(), chromium };
}
