import type { Command } from 'commander';
import type { ExitCode } from '../answers/exit.ts';
import { ChoiceOption } from './choice-option.ts';
import type { DoctorOptions } from './doctor.ts';
import type { MeasureCommandOptions } from './measure.ts';

/** `mae measure` and `mae doctor`; both start the measuring process and load no TensorFlow themselves. */
export function registerMeasure(program: Command, end: (exit: ExitCode) => void): void {
  program
    .command('measure')
    .description('entropy by forward passes with random weights, beside what the closed form predicts')
    .argument('<file>')
    .option('--json', 'print JSON')
    .addOption(
      new ChoiceOption('--backend <name>', 'auto, wasm, webgpu, cuda or onnx', [
        'auto',
        'wasm',
        'webgpu',
        'cuda',
        'onnx',
      ]).default('auto'),
    )
    .addOption(new ChoiceOption('--activation <name>', 'linear or relu', ['linear', 'relu']).default('relu'))
    .option('--at <HxW>', 'as if every input had this height and width')
    .option('--draws <n>', 'how often weights and noise are drawn', '4')
    .option('--seed <n>', 'the same seed draws the same weights on every backend', '0')
    .option('--workers <n>', 'threads for the draws on wasm; the answer does not depend on them')
    .option('--no-zen', 'leave out the Zen-Score, which takes longer than the entropy')
    .action(async (file: string, options: MeasureCommandOptions) =>
      end(await (await import('./measure.ts')).measure(file, options)),
    );

  program
    .command('doctor')
    .description('which measuring backends work here, on which device, how fast, and what to do about the others')
    .option('--json', 'print JSON')
    .action(async (options: DoctorOptions) => end(await (await import('./doctor.ts')).doctor(options)));
}
