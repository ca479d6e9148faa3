import { done, EXIT, fail, type Outcome } from '../answers/exit.ts';
import { backendSettings } from '../answers/measure-program.ts';
import type { Snapshot } from '../features/snapshot.ts';
import type { Graph } from '../graph/graph.ts';
import { ortTimer } from '../profiling/ort-timer.ts';
import { loadRuntime } from '../profiling/runtime.ts';
import { errorOf } from '../profiling/statistics.ts';
import type { Timer } from '../profiling/timer.ts';
import type { LatencyRow, LatencyRows } from './latency-rows.ts';

/** A design that was run on this machine, beside what was predicted for it. */
export interface Checked {
  readonly milliseconds: number;
  /** What the same design differs by when it is timed twice, as a share. */
  readonly noise: number;
  /** |predicted / measured − 1| */
  readonly error: number;
}

/** Runs every design on this machine, twice each in turn, so that what disturbs it for a while disturbs no design alone. */
export async function checkLatency(
  rows: LatencyRows,
  snapshot: Snapshot,
  threads: number,
): Promise<Outcome<LatencyRows>> {
  const loaded = loadRuntime(backendSettings().cudaFolders);
  if (!loaded.ok) return fail(EXIT.environment, `error: ${loaded.message}\nnext step: ${loaded.nextStep}`);
  const networks = networksOf(snapshot);
  const timer = await ortTimer(loaded.runtime, threads);
  try {
    const all = [...rows.backbones, ...rows.detectors];
    const looks = [await look(all, networks, timer), await look(all, networks, timer)];
    const checked = (row: LatencyRow): LatencyRow => {
      const [first, second] = looks.map((times) => times.get(row));
      if (first === undefined || second === undefined) return row;
      const milliseconds = (first + second) / 2;
      return {
        ...row,
        checked: { milliseconds, noise: Math.abs(first / second - 1), error: errorOf(row.milliseconds, milliseconds) },
      };
    };
    return done({ backbones: rows.backbones.map(checked), detectors: rows.detectors.map(checked) });
  } finally {
    await timer.close();
  }
}

/** What each design takes; one that ONNX has no operators for has no time. */
async function look(
  rows: readonly LatencyRow[],
  networks: Networks,
  timer: Timer,
): Promise<ReadonlyMap<LatencyRow, number>> {
  const times = new Map<LatencyRow, number>();
  for (const row of rows) {
    const network = networks.get(keyOf(row.name, row.parts !== undefined));
    const timed = network === undefined ? undefined : await timer.network(network);
    if (timed !== undefined) times.set(row, timed.ms);
  }
  return times;
}

type Networks = ReadonlyMap<string, Graph>;

const keyOf = (name: string, isDetector: boolean): string => `${isDetector ? 'detector' : 'backbone'} ${name}`;

const networksOf = ({ backbones, detectors }: Snapshot): Networks =>
  new Map<string, Graph>([
    ...backbones.flatMap(({ source, analysis }) =>
      analysis === undefined ? [] : [[keyOf(source.name, false), analysis.network] as const],
    ),
    ...detectors.flatMap(({ source, analysis }) =>
      analysis === undefined ? [] : [[keyOf(source.name, true), analysis.network] as const],
    ),
  ]);
