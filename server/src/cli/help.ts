import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../answers/exit.ts';

/** What stands below the options of a command: how it is called, and what it ends with. */
interface CommandHelp {
  readonly examples: readonly [string, string, ...string[]];
  /** What ends it with 0, where that is not plain. */
  readonly done?: string;
  /** What ends it with 1; undefined where nothing does. */
  readonly input?: string;
  readonly environment?: string;
  readonly interrupted?: string;
}

const UNREADABLE = 'a file that cannot be read or written';
const WRONG = 'a text is wrong';

/** Every command by its name; a test holds each example to what the command takes. */
export const HELP: Readonly<Record<string, CommandHelp>> = {
  score: {
    examples: ['mae score maedet_m.mae --watch', 'mae score designs/ resnet50 --at 640x640 --json'],
    input: `${WRONG}; what can be read is scored all the same`,
    environment: UNREADABLE,
    interrupted: 'that is how --watch ends',
  },
  check: {
    examples: ['mae check .', 'mae check designs/*.mae --format github'],
    input: 'there are errors, budgets that are exceeded included',
    environment: UNREADABLE,
    interrupted: 'that is how --watch ends',
  },
  fmt: {
    examples: ['mae fmt .', 'mae fmt - < design.mae'],
    input: `${WRONG}, or with --check a file would change`,
    environment: UNREADABLE,
  },
  fix: {
    examples: ['mae fix design.mae', 'mae fix . --check'],
    input: 'errors are left, or with --check something would be mended',
    environment: UNREADABLE,
  },
  explain: {
    examples: ['mae explain budget-exceeded', 'mae explain --list'],
    input: 'the word is unknown',
    environment: 'the documentation is not there',
  },
  init: {
    examples: ['mae init', 'mae init maedet_m --out mine.mae'],
    environment: 'the file is there already, or cannot be written',
  },
  search: {
    examples: [
      'mae search design.mae --in-place',
      'mae search design.mae --pareto macs,params --front front.mae --top 5',
    ],
    input: `${WRONG}, or its search has no answer`,
    environment: 'a file that cannot be written, a process that fails, nothing to measure with',
    interrupted: 'the best design so far is printed',
  },
  sweep: {
    examples: [
      'mae sweep design.mae --over budget.macs=2G,4G,8G --seeds 3',
      'mae sweep design.mae --over input=320x320,640x640 --front front.mae',
    ],
    input: `${WRONG}, or no search of it has an answer`,
    environment: 'a file that cannot be written, a process that fails, no Redis',
    interrupted: 'the searches that were done are shown',
  },
  worker: {
    examples: ['mae worker --redis redis://localhost:6379', 'mae worker --redis redis://queue:6379 --workers 8'],
    done: 'stopped by Ctrl-C, when the searches that were begun are given back',
    environment: 'no Redis, or a queue of another version',
  },
  runs: {
    examples: [
      'mae runs list --redis redis://localhost:6379',
      'mae runs fetch 3f2a --redis redis://localhost:6379 --front front.mae',
    ],
    input: 'no search of the run has an answer',
    environment: 'no Redis, or a file that cannot be written',
    interrupted: 'not all of it is done; what there is is shown, and the workers go on',
  },
  compare: {
    examples: ['mae compare resnet50 maedet_m', 'mae compare old.mae new.mae#mine --at 640x640'],
    input: WRONG,
    environment: UNREADABLE,
  },
  report: {
    examples: [
      'mae report design.mae --out design.html',
      'mae report designs --front front.mae --out designs.html --force',
    ],
    input: WRONG,
    environment: 'a file cannot be read or written, or is there already',
  },
  measure: {
    examples: ['mae measure design.mae', 'mae measure design.mae --backend webgpu --draws 16 --json'],
    input: `${WRONG}, or it cannot be measured`,
    environment: 'no such backend or device',
    interrupted: 'nothing is printed',
  },
  doctor: {
    examples: ['mae doctor', 'mae doctor --json'],
    environment: 'nothing works',
    interrupted: 'nothing is printed',
  },
  profile: {
    examples: ['mae profile --seconds 60 --out laptop.maeprofile.json', 'mae profile --kit phone/'],
    input: WRONG,
    environment: 'ONNX Runtime is not there, or a file cannot be written',
    interrupted: 'what was measured is kept, and the same command goes on with it',
  },
  latency: {
    examples: ['mae latency design.mae --on laptop', 'mae latency design.mae --on laptop.maeprofile.json --check'],
    input: `${WRONG}, or there is no such profile`,
    environment: 'a file that cannot be read, or with --check no ONNX Runtime',
  },
  inspect: {
    examples: ['mae inspect resnet50.onnx', 'mae inspect model.onnx --size 640x640 --json'],
    input: 'the file is no ONNX model, or it is damaged',
    environment: UNREADABLE,
  },
  import: {
    examples: ['mae import resnet50.onnx --with-search --out r50.mae', 'mae import structure.txt'],
    input: 'the file is neither a model nor a structure, or it is damaged',
    environment: UNREADABLE,
  },
  export: {
    examples: [
      'mae export maedet_m.mae --to pytorch --out maedet_m.py',
      'mae export design.mae --to onnx --weights random --out d.onnx',
    ],
    input: `${WRONG}, or the format has no word for something in it`,
    environment: 'the file is there already, or cannot be written',
  },
  completions: {
    examples: ['mae completions bash >> ~/.bashrc', 'mae completions powershell >> $PROFILE'],
  },
  lsp: {
    examples: ['mae lsp --stdio', 'mae lsp --stdio --clientProcessId=1234'],
  },
  mcp: {
    examples: ['mae mcp', 'mae mcp --help'],
  },
};

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** Two examples and the exit codes below the help of every command. */
export function addHelp(program: Command): void {
  for (const command of program.commands) {
    const help = HELP[command.name()];
    if (help !== undefined) command.addHelpText('after', () => helpText(help));
  }
  program.addHelpText('after', '\nmae COMMAND --help has examples and the exit codes of each.');
}

function helpText({ examples, done = 'done', input, environment, interrupted }: CommandHelp): string {
  const codes: readonly (readonly [ExitCode, string | undefined])[] = [
    [EXIT.done, done],
    [EXIT.input, input],
    [EXIT.usage, 'it was called wrongly'],
    [EXIT.environment, environment],
    [EXIT.interrupted, interrupted === undefined ? undefined : `interrupted: ${interrupted}`],
  ];
  const shown = codes.flatMap(([code, what]) => (what === undefined ? [] : [`${String(code).padEnd(3)}  ${what}`]));
  return ['', 'Examples:', ...indented(examples), '', 'Exit codes:', ...indented(shown)].join('\n');
}
