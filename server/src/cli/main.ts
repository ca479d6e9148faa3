#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EXIT } from './exit.ts';
import { endQuietlyOnClosedPipe, say } from './output.ts';
import { createProgram } from './program.ts';

const OLDEST_NODE = 22;

/** Runs one command. Whatever happens, the process ends with a code of the contract and without a stack trace. */
async function main(): Promise<void> {
  endQuietlyOnClosedPipe();
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    say(
      `error: mae needs Node ${OLDEST_NODE} or newer, and this is ${process.version}: install one, or use npm run mae`,
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
