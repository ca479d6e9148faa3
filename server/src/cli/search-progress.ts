import { costsJson } from '../answers/score-json.ts';
import { doneShare, progressText } from '../features/search-report.ts';
import type { SearchProgress, SearchTask } from '../search/task.ts';
import { printJson, say } from './output.ts';

/** Where the progress of a search goes. */
export interface ProgressSink {
  readonly update: (progress: SearchProgress) => void;
  /** Clears what must not stand before the result. */
  readonly end: () => void;
}

/** Lines of JSON; a bar on a terminal; otherwise a plain line now and then, so that logs stay short. */
export function progressSink(json: boolean, task: SearchTask): ProgressSink {
  if (json) return { update: (progress) => printJson(progressJson(progress)), end: () => {} };
  return process.stderr.isTTY ? barSink(task) : lineSink(task);
}

export function progressJson(progress: SearchProgress) {
  const { evaluations, seconds, evaluationsPerSecond, score, secondsLeft, phase, population } = progress;
  const bound = progress.bound ?? null;
  const gap = progress.gap ?? null;
  return {
    type: 'progress',
    evaluations,
    seconds,
    evaluationsPerSecond,
    score,
    bound,
    gap,
    costs: costsJson(progress.costs),
    secondsLeft,
    phase,
    population,
  };
}

const percentText = (fraction: number): string => `${Math.floor(fraction * 100)} %`.padStart(5);

const BAR_WIDTH = 24;

/** `#########---------------  38 % Z 1234.5, …`, cut to the terminal’s width so that it never wraps. */
export function barText(progress: SearchProgress, task: SearchTask, columns: number): string {
  const fraction = doneShare(progress, task);
  const filled = Math.round(fraction * BAR_WIDTH);
  const bar = '#'.repeat(filled) + '-'.repeat(BAR_WIDTH - filled);
  return `${bar} ${percentText(fraction)} ${progressText(progress, task)}`.slice(0, Math.max(0, columns - 1));
}

const CLEAR_LINE = '\r\x1b[K';

function barSink(task: SearchTask): ProgressSink {
  return {
    update: (progress) => {
      process.stderr.write(CLEAR_LINE + barText(progress, task, process.stderr.columns ?? 80));
    },
    end: () => process.stderr.write(CLEAR_LINE),
  };
}

const LINE_INTERVAL = 1000;

function lineSink(task: SearchTask): ProgressSink {
  let last = Number.NEGATIVE_INFINITY;
  return {
    update: (progress) => {
      if (performance.now() - last < LINE_INTERVAL) return;
      last = performance.now();
      say(`${percentText(doneShare(progress, task))} ${progressText(progress, task)}`);
    },
    end: () => {},
  };
}
