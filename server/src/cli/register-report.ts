import type { Command } from 'commander';
import type { ExitCode } from '../answers/exit.ts';
import type { ReportOptions } from './report.ts';

/** `mae report`, designs as a page for people. */
export function registerReport(program: Command, end: (exit: ExitCode) => void): void {
  program
    .command('report')
    .description('designs as one HTML page: costs, entropy by stage, pictures, budgets, searches, a front')
    .argument('<files...>', 'files, folders, patterns, or - for standard input')
    .option('--front <file>', 'and the Pareto front that mae search --front wrote there')
    .option('--measured <file>', 'and what mae measure --json gave, beside its prediction')
    .option('--out <file>', 'write there instead of to standard output')
    .option('--force', 'write over a file that is there already')
    .action(async (files: string[], options: ReportOptions) =>
      end(await (await import('./report.ts')).reportDesigns(files, options)),
    );
}
