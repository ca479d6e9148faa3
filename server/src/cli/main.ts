#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from '../answers/exit.ts';
import { goOnWithoutReader, printErrorJson, say } from './output.ts';
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
  const exit = await run();
  // Every option is called as it is written, so that what is asked for is known even where it was asked for wrongly.
  if (process.argv.includes('--json')) printErrorJson(exit);
  process.exitCode = exit;
}

/** Runs what the arguments say, and gives the code that the process ends with. */
async function run(): Promise<ExitCode> {
  let exit: ExitCode = EXIT.done;
  try {
    const program = createProgram((code) => {
      exit = code;
    });
    for (const command of [program, ...program.commands]) command.configureOutput({ writeErr: sayRaw });
    await program.parseAsync();
    return exit;
  } catch (error) {
    // Help and version are asked for; commander has said everything else.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const message = error instanceof Error ? error.message : String(error);
    say(`error: mae failed unexpectedly: ${message} (MAE_DEBUG=1 shows where)`);
    if (process.env['MAE_DEBUG'] === '1' && error instanceof Error) say(error.stack ?? '');
    return EXIT.environment;
  }
}

/** What commander says ends its lines itself. */
const sayRaw = (text: string): void => say(text.replace(/\n$/, ''));

await main();
