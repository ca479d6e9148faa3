import type { Graph } from '../graph/graph.ts';
import type { Operation } from '../latency/operation.ts';
import { findKernels, ownNodes } from './kernels.ts';
import { networkModel } from './network-model.ts';
import { operationModel } from './operation-model.ts';
import type { Runtime } from './runtime.ts';
import { openSession, type PassTime, type TimedSession } from './session.ts';
import { quantile, spreadOf } from './statistics.ts';
import type { TimedModel } from './timed-model.ts';
import { QUANTILE, type Timed, type Timer, WARM_UPS } from './timer.ts';

/** An operator is run so often, and longer where it is short; in ms. */
const OPERATION = { least: 8, most: 40, long: 12 } as const;
const NETWORK = { least: 5, most: 40, long: 150 } as const;

/** What is run between all others where the clock counts what other programs do: a convolution of some 0.2 ms on one core. */
const REFERENCE: Operation = {
  ...{ op: 'conv', kernel: 3, stride: 1, grouping: 'one', groups: 1 },
  ...{ in: 64, out: 64, height: 32, width: 32 },
};

/** A pass in ms as it is to be counted. */
type Clock = (session: TimedSession) => Promise<number>;

/**
 * Times with ONNX Runtime on the processor. On one thread what counts is the processor's time, which other programs do not
 * stretch. On several that says nothing: there it is the clock's time, divided by what a reference took just before and after,
 * and multiplied by what that takes when nothing disturbs it.
 */
export async function ortTimer(runtime: Runtime, threads: number): Promise<Timer> {
  const open = (model: TimedModel, withNodes: boolean): Promise<TimedSession> =>
    openSession(runtime, model, threads, withNodes);
  const model = operationModel(REFERENCE);
  const reference = threads > 1 && model !== undefined ? await open(model, false) : undefined;
  const clock: Clock =
    reference === undefined ? async (session) => (await session.pass()).cpu : await wallClock(reference);
  return {
    clock: reference === undefined ? 'cpu' : 'wall',
    quantile: QUANTILE,
    warmUps: WARM_UPS,
    kernels: () => findKernels((timed) => nodesOf(open, timed)),
    operation: async (operation) => {
      const timed = operationModel(operation);
      if (timed === undefined) return undefined;
      const session = await open(timed, true);
      const passes: number[] = [];
      try {
        for (let i = 0; i < WARM_UPS; i++) await session.pass();
        await repeat(OPERATION, passes, () => clock(session));
      } catch (error) {
        await session.close();
        throw error;
      }
      return ownTime(operation, passes, await session.close());
    },
    network: async (network: Graph) => {
      const timed = networkModel(network);
      if (timed === undefined) return undefined;
      const session = await open(timed, false);
      try {
        for (let i = 0; i < WARM_UPS; i++) await session.pass();
        const passes: number[] = [];
        await repeat(NETWORK, passes, () => clock(session));
        return { ms: quantile(passes, QUANTILE), spread: spreadOf(passes), runs: passes.length };
      } finally {
        await session.close();
      }
    },
    close: async () => {
      await reference?.close();
    },
  };
}

async function repeat(
  { least, most, long }: { readonly least: number; readonly most: number; readonly long: number },
  passes: number[],
  pass: () => Promise<number>,
): Promise<void> {
  for (let spent = 0; passes.length < least || (spent < long && passes.length < most); ) {
    const ms = await pass();
    passes.push(ms);
    spent += ms;
  }
}

async function nodesOf(open: (model: TimedModel, withNodes: boolean) => Promise<TimedSession>, model: TimedModel) {
  const session = await open(model, true);
  await session.pass();
  return session.close();
}

/**
 * The operator's own nodes of the profile. Their times are the clock's: a run in which other nodes and they together took less
 * than the processor did is as good as any, and no run of theirs takes more than the whole pass did of the processor.
 */
function ownTime(
  operation: Operation,
  passes: readonly number[],
  nodes: Awaited<ReturnType<TimedSession['close']>>,
): Timed | undefined {
  const own = ownNodes(operation.op, nodes);
  if (own.length === 0) return { ms: LEAST, spread: 0, runs: passes.length };
  const runs = passes.map((pass, i) =>
    Math.min(
      pass,
      own.reduce((sum, node) => sum + (node.runs[WARM_UPS + i] ?? 0), 0),
    ),
  );
  return { ms: Math.max(LEAST, quantile(runs, QUANTILE)), spread: spreadOf(runs) || 0, runs: runs.length };
}

/** The profile's clock counts whole microseconds. */
const LEAST = 0.0005;

/** The wall's clock, freed of what slows everything down for a while. */
async function wallClock(reference: TimedSession): Promise<Clock> {
  const wall = async (session: TimedSession): Promise<PassTime['wall']> => (await session.pass()).wall;
  const quiet: number[] = [];
  for (let i = 0; i < 60; i++) quiet.push(await wall(reference));
  const usual = quantile(quiet, QUANTILE);
  return async (session) => {
    const before = await wall(reference);
    const ms = await wall(session);
    const after = await wall(reference);
    return (ms * usual) / Math.max(usual / 2, Math.min(before, after));
  };
}
