import { Command } from 'commander';
import manifest from '../../../package.json' with { type: 'json' };
import type { ExitCode } from '../answers/exit.ts';
import type { CheckOptions } from './check.ts';
import { ChoiceArgument, ChoiceOption } from './choice-option.ts';
import type { CompareOptions } from './compare.ts';
import type { ExplainOptions } from './explain.ts';
import type { ExportOptions } from './export.ts';
import type { FixOptions } from './fix.ts';
import type { FmtOptions } from './fmt.ts';
import { addHelp } from './help.ts';
import type { ImportOptions } from './import.ts';
import type { InitOptions } from './init.ts';
import type { InspectOptions } from './inspect.ts';
import type { LatencyOptions } from './latency.ts';
import { registerMeasure } from './register-measure.ts';
import { registerProfile } from './register-profile.ts';
import { registerReport } from './register-report.ts';
import { registerSweep } from './register-sweep.ts';
import type { ScoreOptions } from './score.ts';
import type { SearchOptions } from './search.ts';

/**
 * The `mae` command. Every subcommand is loaded when it is called, so that help is instant and a search begins soon.
 * Each one returns the code that the process ends with.
 */
export function createProgram(end: (exit: ExitCode) => void): Command {
  const program = new Command('mae')
    .description('Design object-detection backbones: entropy and cost of every stage, and a search within your budget.')
    .version(manifest.version)
    .showHelpAfterError('(mae --help shows how)')
    .exitOverride();

  program
    .command('score')
    .description('costs and entropy of every backbone, costs of every detector, and what is left of their budgets')
    .argument('<file...>', 'files, folders, patterns, - for standard input, FILE#NAME, or published designs by name')
    .option('--json', 'print JSON')
    .option('--at <HxW>', 'as if every input had this height and width')
    .option('--watch', 'print again whenever a file changes, until Ctrl-C')
    .action(async (names: string[], options: ScoreOptions) =>
      end(await (await import('./score.ts')).score(names, options)),
    );

  program
    .command('check')
    .description('what is wrong with designs, at its places; ends with 1 on errors, budgets included')
    .argument('<files...>', 'files, folders, patterns, or - for standard input')
    .addOption(new ChoiceOption('--format <name>', 'text, json, github or sarif', ['text', 'json', 'github', 'sarif']))
    .option('--json', 'the same as --format json')
    .option('--max <n>', 'as many of one file in text; 100 when left out')
    .option('--watch', 'print again whenever a file changes, until Ctrl-C')
    .action(async (files: string[], options: CheckOptions) =>
      end(await (await import('./check.ts')).check(files, options)),
    );

  program
    .command('fmt')
    .description('write files in their canonical layout')
    .argument('<files...>', 'files, folders, patterns, or - from standard input to standard output')
    .option('--check', 'write nothing; end with 1 where a file would change')
    .action(async (files: string[], options: FmtOptions) => end(await (await import('./fmt.ts')).fmt(files, options)));

  program
    .command('fix')
    .description('make the quick fixes that leave no choice, designs brought back within their budgets included')
    .argument('<files...>', 'files, folders, patterns, or - from standard input to standard output')
    .option('--check', 'write nothing; end with 1 where something would be mended')
    .action(async (files: string[], options: FixOptions) => end(await (await import('./fix.ts')).fix(files, options)));

  program
    .command('explain')
    .description('what the code of a diagnostic, a term or a word of the language means')
    .argument('[word...]', 'such as budget-exceeded, Zen-Score or bottleneck')
    .option('--list', 'name all that can be explained')
    .option('--json', 'print JSON')
    .action(async (words: string[], options: ExplainOptions) =>
      end(await (await import('./explain.ts')).explain(words, options)),
    );

  program
    .command('init')
    .description('write a file to begin with: a backbone, a budget and a search')
    .argument('[template]', 'one that --list names')
    .option('--list', 'name the templates')
    .option('--out <file>', 'write there instead of to TEMPLATE.mae')
    .option('--force', 'write over a file that is there already')
    .action(async (template: string | undefined, options: InitOptions) =>
      end(await (await import('./init.ts')).init(template, options)),
    );

  program
    .command('search')
    .description('find a better design within a budget, or a cheaper one at the same score')
    .argument('<file>')
    .option('--search <name>', 'the search, or the backbone, to run; needed where the file has several')
    .option('--json', 'print progress and result as lines of JSON')
    .option('--seed <n>', 'the same seed gives the same answer')
    .option('--evaluations <n>', 'how many candidates are computed')
    .addOption(new ChoiceOption('--estimator <name>', 'closed form that scores: fan-in or exact', ['fan-in', 'exact']))
    .option('--minimise <cost>', 'make this cost, such as params, as small as possible while the score holds')
    .option('--score <n>', 'the score that --minimise holds; the start’s own when left out')
    .option('--plateau <n>', 'stop after so many evaluations without a better design')
    .option('--time-limit <seconds>', 'stop after so long, such as 30 or 5min; the answer then depends on the machine')
    .option('--prove', 'end in a proof: find the best design there is, which takes seconds to minutes')
    .option('--workers <n>', 'processes; the answer does not depend on them')
    .addOption(new ChoiceOption('--algorithm <name>', 'default, paper or exact', ['default', 'paper', 'exact']))
    .option('--pareto <costs>', 'also keep the front of score against these costs, such as macs,params')
    .option('--front <file>', 'write the designs of that front there, each as a backbone')
    .option('--top <n>', 'print so many of that front; 8 when left out')
    .option('--frontier <range>', 'the best score over one limit, such as macs=2G..20G, at 20 points')
    .option('--confirm <k>', 'measure the k best designs: does their ranking hold?')
    .option('--draws <n>', 'how often --confirm draws weights and noise; 4 when left out')
    .addOption(
      new ChoiceOption(
        '--backend <name>',
        'what --confirm and zen-measured measure on: auto, wasm, webgpu, cuda or onnx',
        ['auto', 'wasm', 'webgpu', 'cuda', 'onnx'],
      ),
    )
    .option('--checkpoint <file>', 'write the state there, so that an interrupted search can go on')
    .option('--resume <file>', 'go on from a checkpoint')
    .option('--out <file>', 'write the design there, in a copy of the file')
    .option('--in-place', 'write the design into the file')
    .action(async (file: string, options: SearchOptions) =>
      end(await (await import('./search.ts')).search(file, options)),
    );

  registerSweep(program, end);

  program
    .command('compare')
    .description('backbones side by side, stage by stage, or detectors, part by part')
    .argument('<designs...>', 'files, one backbone or detector of a file as FILE#NAME, or published ones by name')
    .option('--json', 'print JSON')
    .option('--at <HxW>', 'as if every input had this height and width')
    .option('--markdown', 'what changed between two files, what was and what is, as Markdown')
    .action(async (names: string[], options: CompareOptions) =>
      end(await (await import('./compare.ts')).compare(names, options)),
    );

  registerReport(program, end);
  registerMeasure(program, end);
  registerProfile(program, end);

  program
    .command('latency')
    .description('milliseconds on a device, line by line, by its profile')
    .argument('<file>')
    .requiredOption('--on <profile>', 'NAME, where NAME.maeprofile.json is beside the file, or the path of a profile')
    .option('--check', 'also run the designs on this machine: how far is the prediction off?')
    .option('--json', 'print JSON')
    .action(async (file: string, options: LatencyOptions) =>
      end(await (await import('./latency.ts')).latency(file, options)),
    );

  program
    .command('inspect')
    .description('what an ONNX model costs: multiply–accumulates, parameters, stages, operators, the costliest layers')
    .argument('<model>')
    .option('--json', 'print JSON')
    .option(
      '--size <HxW>',
      'height and width of its image; needed where the file leaves them open and 224x224 is wrong',
    )
    .action(async (file: string, options: InspectOptions) =>
      end(await (await import('./inspect.ts')).inspectModel(file, options)),
    );

  program
    .command('import')
    .description('turn an ONNX model or a TinyNAS structure into a .mae text')
    .argument('<file>')
    .option('--out <file>', 'write there instead of to standard output')
    .option('--force', 'write over a file that is there already')
    .option('--size <HxW>', 'height and width of its image, where the file leaves them open')
    .option('--with-search', 'and a search for a better backbone at the same cost')
    .action(async (file: string, options: ImportOptions) =>
      end(await (await import('./import.ts')).importDesign(file, options)),
    );

  program
    .command('export')
    .description('write a design in the format of another program')
    .argument('<file>')
    .addOption(
      new ChoiceOption('--to <format>', 'pytorch, mmdet, onnx or tinynas', [
        'pytorch',
        'mmdet',
        'onnx',
        'tinynas',
      ]).makeOptionMandatory(),
    )
    .option('--backbone <name>', 'needed where the file has several')
    .option('--detector <name>', 'a detector instead, where the format has them')
    .addOption(new ChoiceOption('--weights <kind>', 'none or random, where the format has weights', ['none', 'random']))
    .option('--seed <n>', 'of random weights')
    .option('--out <file>', 'write there instead of to standard output')
    .option('--force', 'write over a file that is there already')
    .action(async (file: string, options: ExportOptions) =>
      end(await (await import('./export.ts')).exportDesign(file, options)),
    );

  program
    .command('completions')
    .description('a script by which a shell completes these commands')
    .addArgument(new ChoiceArgument('<shell>', 'bash, zsh, fish or powershell', ['bash', 'zsh', 'fish', 'powershell']))
    .action(async (shell: string) => end((await import('./completions.ts')).completions(shell, program)));

  program
    .command('lsp')
    .description('the language server, for any editor')
    .requiredOption('--stdio', 'speak over standard input and output')
    // Editors add options of their own, such as --clientProcessId.
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async () => (await import('./lsp.ts')).lsp());

  program
    .command('mcp')
    .description('these commands as tools for coding agents, over standard input and output')
    .action(async () => (await import('./mcp.ts')).mcp());

  addHelp(program);
  return program;
}
