import { readFileSync } from 'node:fs';

/** Lines of figures, as all benchmarks of the editor print them. */
export const line = (what: string, ...values: string[]): void => console.log(what.padEnd(54), ...values);

export const ms = (value: number): string => `${value.toFixed(2)} ms`;

export function percentiles(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);
  return `p50 ${at(0.5)}  p90 ${at(0.9)}  p99 ${at(0.99)}  max ${at(1)} ms`;
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** The run of measurements that other programs disturbed least: that with the lowest median. */
export function quietest(values: readonly number[], length: number): readonly number[] {
  const starts = Array.from({ length: 1 + Math.floor((values.length - length) / 100) }, (_, i) => i * 100);
  const runs = starts.map((start) => values.slice(start, start + length));
  return runs.reduce((best, run) => (median(run) < median(best) ? run : best), runs[0] ?? values);
}

/** Processor time of a process so far, in ms; Linux only. */
export function processorTime(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return Number.NaN;
  }
}

/** Resident memory of a process in MB; Linux only. */
export function residentMemory(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
