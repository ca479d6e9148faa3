import { costsJson } from '../answers/score-json.ts';
import { doneShare, progressText } from '../features/search-report.ts';
import type { SearchProgress, SearchTask } from '../search/task.ts';
import { printProgressJson, say } from './output.ts';
import { CLEAR_LINE, isDrawnOver } from './terminal.ts';

/** Where the progress of a search goes. */
export interface ProgressSink {
  readonly update: (progress: SearchProgress) => void;
  /** Clears what must not stand before the result. */
  readonly end: () => void;
}

/** Lines of JSON; a bar on a terminal; otherwise a plain line now and then, so that logs stay short. */
export function progressSink(json: boolean, task: SearchTask): ProgressSink {
  if (json) return { update: (progress) => printProgressJson(progressJson(progress)), end: () => {} };
  return isDrawnOver() ? barSink(task) : lineSink(task);
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

/** The bar gives way before the text does. */
const BAR_WIDTHS = [24, 12, 6, 0] as const;

/** `#########---------------  38 % Z 1234.5, …`, fitted to the terminal’s width so that it never wraps: rate and time left are kept longest. */
export function barText(progress: SearchProgress, task: SearchTask, columns: number): string {
  const room = Math.max(0, columns - 1);
  const fraction = doneShare(progress, task);
  const texts = [Number.POSITIVE_INFINITY, room - percentText(fraction).length - 2].flatMap((left) =>
    BAR_WIDTHS.map((width) => {
      const filled = Math.round(fraction * width);
      const bar = '#'.repeat(filled) + '-'.repeat(width - filled);
      return `${bar} ${percentText(fraction)} ${progressText(progress, task, left)}`.trimStart();
    }),
  );
  return (texts.find((text) => text.length <= room) ?? texts.at(-1) ?? '').slice(0, room);
}

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
