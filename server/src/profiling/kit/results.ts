import * as z from 'zod';
import { median } from '../statistics.ts';
import type { Kit } from './kit.ts';

/** A time of one model. */
export interface Timed {
  readonly ms: number;
  readonly spread: number;
  readonly runs: number;
}

export interface KitTimes {
  /** By the model's file; of one that was timed several times the last. */
  readonly times: ReadonlyMap<string, Timed>;
  /** Every time of the reference. */
  readonly reference: readonly number[];
}

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

const side = z.number().int().min(1).max(1e6);

const OPERATION = z.object({
  op: z.string().max(40),
  kernel: side,
  stride: side,
  grouping: z.enum(['one', 'each', 'several']),
  groups: side,
  in: side,
  out: side,
  height: side,
  width: side,
});

const KIT = z.object({
  format: z.literal('maekit'),
  version: z.literal(1),
  reference: z.string(),
  models: z
    .array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('operator'), file: z.string(), operation: OPERATION }),
        z.object({
          kind: z.literal('network'),
          file: z.string(),
          text: z.string().max(20_000),
          calibrates: z.boolean(),
        }),
      ]),
    )
    .min(1)
    .max(10_000),
});

/** What the scripts say of the device and of how they timed. */
export const DEVICE = z.object({
  device: z.string().max(400),
  runtime: z.object({ name: z.string().max(100), version: z.string().max(100) }),
  threads: z.number().int().min(1).max(4096),
  clock: z.enum(['cpu', 'wall']),
  quantile: z.number().min(0).max(1),
  warmUps: z.number().int().min(0).max(1e6),
  date: z.iso.date(),
});
export type Device = z.infer<typeof DEVICE>;

export const readKit = (text: string): Read<Kit> => readJson(text, KIT);
export const readDevice = (text: string): Read<Device> => readJson(text, DEVICE);

function readJson<T>(text: string, schema: z.ZodType<T>): Read<T> {
  try {
    const read = schema.safeParse(JSON.parse(text));
    if (read.success) return { ok: true, value: read.data };
    const [issue] = read.error.issues;
    return {
      ok: false,
      message: `${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'it has another form'}.`,
    };
  } catch (error) {
    return { ok: false, message: `It is no JSON: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

/**
 * Reads `results.csv`: `file,ms,spread,runs`. Each time is divided by how much slower than usual the reference was just
 * before it: a device that got warm, or was given to others, is so at both.
 */
export function readResults(text: string, reference: string): Read<KitTimes> {
  const rows: { readonly file: string; readonly timed: Timed }[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '' || line.startsWith('file,')) continue;
    const [file = '', ...numbers] = line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    const [ms = Number.NaN, spread = 0, runs = 1] = numbers.map(Number);
    if (!(ms > 0 && Number.isFinite(ms) && spread >= 0 && Number.isFinite(spread) && runs >= 1))
      return {
        ok: false,
        message: `Line ${index + 1}: expected file,ms,spread,runs with a time above 0, not '${line}'.`,
      };
    rows.push({ file, timed: { ms, spread, runs: Math.round(runs) } });
  }
  const ofReference = rows.filter(({ file }) => file === reference).map(({ timed }) => timed.ms);
  const usual = median(ofReference);
  let slowness = 1;
  const times = new Map<string, Timed>();
  for (const { file, timed } of rows) {
    if (file === reference) slowness = timed.ms / usual;
    times.set(file, { ...timed, ms: timed.ms / slowness });
  }
  return { ok: true, value: { times, reference: ofReference } };
}
