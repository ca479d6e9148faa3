import type { Command } from 'commander';
import type { ExitCode } from '../answers/exit.ts';
import { ChoiceArgument } from './choice-option.ts';
import type { RunsOptions } from './runs.ts';
import type { SweepOptions } from './sweep.ts';
import type { WorkerOptions } from './worker.ts';

const each = (value: string, before: readonly string[]): string[] => [...before, value];

const PREFIX = 'mae';

/** `mae sweep`, many searches of one file, and what has them done on many machines. */
export function registerSweep(program: Command, end: (exit: ExitCode) => void): void {
  program
    .command('sweep')
    .description('run a search for every combination of budgets, inputs, seeds and settings: one table, one front')
    .argument('<file>')
    .option('--search <name>', 'the search, or the backbone, to run; needed where the file has several')
    .option('--over <name=values>', 'what is varied, such as budget.macs=2G,4G; may be given several times', each, [])
    .option('--seeds <n>', 'so many seeds of each, from the one of the file on')
    .option('--workers <n>', 'searches at once; the answer does not depend on them')
    .option('--json', 'print JSON')
    .option('--front <file>', 'write the designs of the front there, each as a backbone')
    .option('--redis <url>', 'let the workers at this Redis do it, such as redis://localhost:6379')
    .option('--prefix <name>', 'under which names there', PREFIX)
    .action(async (file: string, options: SweepOptions) =>
      end(await (await import('./sweep.ts')).sweep(file, options)),
    );

  program
    .command('worker')
    .description('take searches of sweeps from a Redis, until it is interrupted')
    .requiredOption('--redis <url>', 'such as redis://localhost:6379')
    .option('--prefix <name>', 'under which names there', PREFIX)
    .option('--workers <n>', 'searches at once; all cores when left out')
    .option(
      '--lock <milliseconds>',
      'after how long without a sign of life another worker takes a search over',
      '30000',
    )
    .action(async (options: WorkerOptions) => end(await (await import('./worker.ts')).worker(options)));

  program
    .command('runs')
    .description('the sweeps on a Redis: list, watch, cancel, resume or fetch')
    .addArgument(
      new ChoiceArgument('<action>', 'list, watch, cancel, resume or fetch', [
        'list',
        'watch',
        'cancel',
        'resume',
        'fetch',
      ]),
    )
    .argument('[run]', 'the id of a run, or the beginning of it')
    .requiredOption('--redis <url>', 'such as redis://localhost:6379')
    .option('--prefix <name>', 'under which names there', PREFIX)
    .option('--json', 'print JSON')
    .option('--front <file>', 'write the designs of the front there, each as a backbone')
    .action(async (action: string, run: string | undefined, options: RunsOptions) =>
      end(await (await import('./runs.ts')).runs(action, run, options)),
    );
}
