import * as z from 'zod';
import { readBounded } from '../files/read-bounded.ts';
import { writeWhole } from '../files/write-whole.ts';
import { Measured, type MeasuredState, NOTHING_MEASURED } from '../profiling/measured.ts';

/** What the times were taken with; those of another runtime are of no use. */
export interface TakenWith {
  readonly device: string;
  readonly runtime: string;
  readonly threads: number;
}

const MAX_BYTES = 32_000_000;
const FORMAT = 'maeprofile-points';

const count = z.number().int().min(1);
const OPERATION = z.object({
  ...{ op: z.string(), kernel: count, stride: count, grouping: z.enum(['one', 'each', 'several']), groups: count },
  ...{ in: count, out: count, height: count, width: count },
});
const NAMES = z.array(z.string());

const FILE = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  takenWith: z.object({ device: z.string(), runtime: z.string(), threads: count }),
  kernels: z.object({
    channelBlock: count,
    fused: NAMES,
    layout: z.object({ plain: NAMES }).optional(),
  }),
  absent: NAMES,
  networks: z.record(z.string(), z.array(z.number().gt(0))),
  operations: z.array(
    z.object({ operation: OPERATION, ms: z.number().gt(0), spread: z.number().min(0), runs: count, looks: count }),
  ),
});

/** Points of a profile that is not finished, so that it can go on where it was stopped. */
export class PointsFile {
  /** Why it could not be written, once it could not. */
  fault: string | undefined;
  readonly path: string;
  private readonly takenWith: TakenWith;
  private readonly every: number;
  private readonly now: () => number;
  private writtenAt: number;

  /** @param every milliseconds between two writings */
  constructor(path: string, takenWith: TakenWith, every = 2000, now: () => number = () => performance.now()) {
    this.path = path;
    this.takenWith = takenWith;
    this.every = every;
    this.now = now;
    this.writtenAt = now();
  }

  /** What was measured before, with the same runtime on the same machine; nothing where there is no such file. */
  read(): Measured {
    const reading = readBounded(this.path, MAX_BYTES);
    return new Measured(
      'wrong' in reading ? NOTHING_MEASURED : (stateOf(reading.text, this.takenWith) ?? NOTHING_MEASURED),
    );
  }

  offer(measured: Measured): void {
    if (this.now() - this.writtenAt >= this.every) this.write(measured);
  }

  write(measured: Measured): void {
    const { kernels, operations, networks, absent } = measured.state;
    if (kernels === undefined) return;
    const file = { format: FORMAT, version: 1, takenWith: this.takenWith, kernels, absent, networks, operations };
    const writing = writeWhole(this.path, `${JSON.stringify(file)}\n`);
    this.fault = writing.ok ? undefined : writing.why;
    this.writtenAt = this.now();
  }
}

function stateOf(text: string, { device, runtime, threads }: TakenWith): MeasuredState | undefined {
  const read = FILE.safeParse(parsed(text));
  if (!read.success) return undefined;
  const { takenWith, kernels, operations, networks, absent } = read.data;
  if (takenWith.device !== device || takenWith.runtime !== runtime || takenWith.threads !== threads) return undefined;
  return { kernels: { ...kernels, layout: kernels.layout }, operations, networks, absent };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
