import type { Command } from 'commander';
import type { ExitCode } from '../answers/exit.ts';
import { ChoiceOption } from './choice-option.ts';
import type { ProfileOptions } from './profile.ts';

/** `mae profile`, which alone loads ONNX Runtime into this process: it is timed in nobody else's company. */
export function registerProfile(program: Command, end: (exit: ExitCode) => void): void {
  program
    .command('profile')
    .description('time operators on this machine, so that budgets can limit latency on it')
    .argument('[files...]', 'designs that it is for; without them it is for all kinds of blocks')
    .addOption(new ChoiceOption('--device <name>', 'what is timed: cpu', ['cpu']).default('cpu'))
    .option('--threads <n>', 'of the runtime; one is told apart from what else runs', '1')
    .option('--out <file>', 'NAME.maeprofile.json; named after the processor when left out')
    .option('--force', 'write over a profile that is there already')
    .option('--seconds <n>', 'measure no longer than about this', '180')
    .option('--kit <folder>', 'write there what another device needs to be profiled without us')
    .option('--from <folder>', 'make the profile of what a kit brought back')
    .action(async (files: string[], options: ProfileOptions) =>
      end(await (await import('./profile.ts')).profile(files, options)),
    );
}
