import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from '../answers/exit.ts';
import { goOnWithoutReader, printErrorJson, say } from './output.ts';
import { createProgram } from './program.ts';

/** Runs one command. Whatever happens, the process ends with a code of the contract and without a stack trace. */
export async function main(): Promise<void> {
  goOnWithoutReader();
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
