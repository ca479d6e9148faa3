#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EXIT } from '../answers/exit.ts';
import { goOnWithoutReader, say } from './output.ts';
import { createProgram } from './program.ts';

/** What the command's own libraries need; package.json says the same. */
const OLDEST_NODE = [22, 12] as const;

/** Runs one command. Whatever happens, the process ends with a code of the contract and without a stack trace. */
async function main(): Promise<void> {
  goOnWithoutReader();
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    say(
      `error: mae needs Node ${OLDEST_NODE.join('.')} or newer, and this is ${process.version}: install a newer one; ` +
        'in a checkout npm run mae -- ARGS runs on the Node that npm installed there.',
    );
    process.exitCode = EXIT.environment;
    return;
  }
  try {
    await createProgram((exit) => {
      process.exitCode = exit;
    }).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version are asked for; commander has said everything else.
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    say(`error: mae failed unexpectedly: ${message} (MAE_DEBUG=1 shows where)`);
    if (process.env['MAE_DEBUG'] === '1' && error instanceof Error) say(error.stack ?? '');
    process.exitCode = EXIT.environment;
  }
}

await main();
