import { availableParallelism } from 'node:os';
import { done, EXIT, fail, type Outcome } from '../answers/exit.ts';
import { backendSettings } from '../answers/measure-program.ts';
import { choiceOption, numberOption } from '../answers/options.ts';
import type { Backbone } from '../backbone/backbone.ts';
import { lower } from '../backbone/lower.ts';
import { weightedScore } from '../entropy/scores.ts';
import type { NumberRule } from '../language/quantity.ts';
import { BACKENDS, type BackendChoice, type BackendName } from '../measure/backends/backend.ts';
import type { MeasureFailure, Outcome as MeasureOutcome } from '../measure/failure.ts';
import { requestOf } from '../measure/measure.ts';
import type { MeasureSettings } from '../measure/measure-settings.ts';
import type { Measured } from '../measure/messages.ts';
import { type Plan, planOf } from '../measure/plan.ts';
import { type Summary, summarise } from '../measure/summary.ts';
import { isMeasured, type Leader, type SearchResult, type SearchTask } from '../search/task.ts';
import { withMeasureClient } from './measure-client.ts';
import { say } from './output.ts';
import { CLEAR_LINE, isDrawnOver } from './terminal.ts';

/** As they come from the command line. */
export interface ConfirmOptions {
  readonly confirm?: string;
  readonly draws?: string;
  readonly backend?: string;
}

/** What `--confirm` asks for: how many designs, measured how. */
export interface ConfirmPlan {
  readonly designs: number;
  readonly draws: number;
}

/** One of the best designs, measured. */
export interface Confirmed {
  readonly score: number;
  readonly backbone: Backbone;
  /** The objective's own score by forward passes: mean and spread of one draw. */
  readonly measured: Summary;
  readonly draws: number;
  readonly backend: BackendName;
  readonly device: string;
}

const DESIGNS: NumberRule = { what: 'designs', min: 2, max: 100, whole: true };
const DRAWS: NumberRule = { what: 'draws', min: 2, max: 10_000, whole: true };
const CHOICES: readonly BackendChoice[] = ['auto', ...BACKENDS];

/** Undefined where nothing is to be confirmed. */
export function readConfirm({ confirm, draws }: ConfirmOptions): Outcome<ConfirmPlan | undefined> {
  if (confirm === undefined) {
    return draws === undefined ? done(undefined) : fail(EXIT.usage, 'error: option --draws: it belongs to --confirm');
  }
  const designs = numberOption('--confirm', confirm, DESIGNS);
  if (!designs.ok) return designs;
  const often = numberOption('--draws', draws ?? '4', DRAWS);
  return often.ok ? done({ designs: designs.value, draws: often.value }) : often;
}

/** Undefined where none is named. */
export const readBackend = ({ backend }: ConfirmOptions): Outcome<BackendChoice | undefined> =>
  backend === undefined ? done(undefined) : choiceOption('--backend', backend, CHOICES);

/** Said before the search begins, not after hours of it. */
export const confirmable = ({ objective }: SearchTask): Outcome<undefined> =>
  objective === 'deepmad'
    ? fail(EXIT.usage, 'error: option --confirm: the objective deepmad has no measured counterpart')
    : done(undefined);

/** The designs to measure: the best of the front where there is one, which differ more, else of the population. */
export const candidates = ({ front, leaders }: SearchResult, most: number): readonly Leader[] =>
  front === undefined ? (leaders ?? []) : front.toSorted((a, b) => b.score - a.score).slice(0, most);

/** Measures designs one after another. */
export async function confirm(
  task: SearchTask,
  designs: readonly Leader[],
  plan: ConfirmPlan,
  backend: BackendChoice,
): Promise<MeasureOutcome<readonly Confirmed[]>> {
  const confirmed: Confirmed[] = [];
  const settings = settingsOf(task, plan, backend);
  const failure = await withMeasureClient(async (client, signal): Promise<MeasureFailure | undefined> => {
    say(`Measuring the best ${designs.length} designs, ${plan.draws} draws each.`);
    for (const [index, { score, backbone }] of designs.entries()) {
      const passes = planOf(lower(backbone));
      const onProgress = (drawn: number, total: number): void =>
        onTerminal(`measuring design ${index + 1} of ${designs.length}: draw ${drawn} of ${total}`);
      const outcome = await client.measure(requestOf(passes, settings), { signal, onProgress });
      onTerminal('');
      if (!outcome.ok) return outcome.failure;
      const { backend } = outcome.value;
      const scores = scoresOf(task, backbone, passes, outcome.value);
      const measured = summarise(scores);
      confirmed.push({
        score,
        backbone,
        measured,
        draws: scores.length,
        backend: backend.name,
        device: backend.device,
      });
    }
    return undefined;
  });
  return failure === undefined ? { ok: true, value: confirmed } : { ok: false, failure };
}

/** Linear, because that is what the closed forms of the estimators are the expectation of. */
export const CONFIRM_ACTIVATION = 'linear';

export const isZen = ({ objective }: SearchTask): boolean => objective === 'zen' || objective === 'zen-measured';

/** A search that measured chose by its own draws; others, that no search has, tell how much of its scores was luck. */
export const confirmSeed = (task: SearchTask): number => task.seed + (isMeasured(task) ? 2 ** 31 : 0);

const settingsOf = (task: SearchTask, { draws }: ConfirmPlan, backend: BackendChoice): MeasureSettings => ({
  backend,
  activation: CONFIRM_ACTIVATION,
  draws: isZen(task) ? 1 : draws,
  seed: confirmSeed(task),
  zenDraws: isZen(task) ? draws : 0,
  workers: availableParallelism(),
  backends: backendSettings(),
});

/** Each draw's score: Σ α (log σ + log channels) over the stages, or its Zen-Score. */
function scoresOf(task: SearchTask, { weights }: Backbone, plan: Plan, measured: Measured): readonly number[] {
  if (isZen(task)) return measured.zen;
  const last = plan.stages[plan.stages.length - 1]?.name ?? '';
  const alpha = task.objective === 'multi-scale' ? weights : { [last]: 1 };
  return measured.draws.map((logStds) => {
    const stages = plan.stages.map(({ name, channels }, index) => ({
      name,
      entropy: (logStds[index] ?? Number.NaN) + Math.log(channels),
    }));
    return weightedScore(stages, alpha);
  });
}

/** A counter on a terminal, and nothing in a log. */
function onTerminal(text: string): void {
  if (isDrawnOver()) process.stderr.write(CLEAR_LINE + text);
}
