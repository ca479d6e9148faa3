import type { MakeProgress } from '../profiling/make-profile.ts';
import { say } from './output.ts';
import { CLEAR_LINE, isDrawnOver } from './terminal.ts';

const LINE_INTERVAL = 5000;

/** One line that is written over on a terminal; in a log a line for each step and now and then. */
export function profileProgress(most: number): {
  readonly update: (now: MakeProgress) => void;
  readonly end: () => void;
} {
  const isTerminal = isDrawnOver();
  let [last, at] = ['', Number.NEGATIVE_INFINITY];
  return {
    update: (now) => {
      if (isTerminal) {
        process.stderr.write(CLEAR_LINE + progressText(now, most));
        return;
      }
      if (now.what === last && performance.now() - at < LINE_INTERVAL) return;
      [last, at] = [now.what, performance.now()];
      say(progressText(now, most));
    },
    end: () => {
      if (isTerminal) process.stderr.write(CLEAR_LINE);
    },
  };
}

/** `more operators: 12 of 340, 40 s, at most 140 s left, error 2.4 %`. */
export function progressText({ what, done, total, seconds, error }: MakeProgress, most: number): string {
  const left = Math.max(0, most - seconds);
  const judged = error === undefined ? '' : `, error ${(100 * error).toFixed(1)} %`;
  return `${what}: ${done} of ${total}, ${seconds.toFixed(0)} s, at most ${left.toFixed(0)} s left${judged}`;
}
