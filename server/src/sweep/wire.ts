import * as z from 'zod/mini';
import type { Runnable } from '../features/search-targets.ts';
import { SETTING_NAMES } from '../language/search-settings.ts';
import type { SweepOutcome } from './outcome.ts';
import type { Point } from './plan.ts';

/**
 * What coordinators and workers of a sweep say to each other, plain JSON. Raised whenever a message could mean something
 * else to the other side, and whenever the same search has another answer.
 */
export const SWEEP_VERSION = 1;

/** A sweep as it was asked for. The text is all that a worker reads a search from: the language itself judges it. */
export interface SweepRun {
  readonly version: typeof SWEEP_VERSION;
  readonly id: string;
  /** What people call it: the file and the search. */
  readonly name: string;
  /** ISO 8601, in UTC. */
  readonly created: string;
  readonly text: string;
  readonly search: Pick<Runnable, 'kind' | 'id'>;
  readonly points: readonly Point[];
}

/** One search of a sweep. */
export interface SweepJob {
  readonly version: typeof SWEEP_VERSION;
  readonly run: string;
  readonly index: number;
}

const MOST_TEXT = 4_000_000;
const word = z.string().check(z.maxLength(200));
const finite = z.number();
const side = z.int().check(z.gte(1), z.lte(65_536));
const index = z.int().check(z.gte(0), z.lt(1_000_000));
const id = z.string().check(z.regex(/^[0-9a-f]{12}$/));
const version = z.literal(SWEEP_VERSION);

const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('limit'), cost: word, amount: finite }),
  z.object({ kind: z.literal('input'), size: z.object({ height: side, width: side }) }),
  z.object({ kind: z.literal('space'), name: word }),
  z.object({ kind: z.literal('setting'), setting: z.enum(SETTING_NAMES), value: z.union([word, finite]) }),
]);
const point = z.array(z.object({ name: word, text: word, change })).check(z.maxLength(100));

const run = z.object({
  version,
  id,
  name: z.string().check(z.maxLength(2000)),
  created: z.iso.datetime(),
  text: z.string().check(z.maxLength(MOST_TEXT)),
  search: z.object({ kind: z.enum(['search', 'backbone', 'detector']), id: word }),
  points: z.array(point).check(z.maxLength(100_000)),
});

const job = z.strictObject({ version, run: id, index });

const outcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    index,
    score: finite,
    bound: z.nullable(finite),
    gap: z.nullable(finite),
    proven: z.boolean(),
    costs: z.record(word, finite),
    backbone: z.string().check(z.maxLength(MOST_TEXT)),
    evaluations: z.int(),
    stopped: z.enum(['done', 'cancelled', 'plateau', 'time', 'failed']),
  }),
  z.object({
    kind: z.literal('none'),
    index,
    code: z.enum([
      'start-breaks-space',
      'budget-impossible',
      'score-impossible',
      'bad-task',
      'bad-checkpoint',
      'unwritable-checkpoint',
      'worker-failed',
      'measuring-failed',
      'cancelled',
    ]),
    message: z.string().check(z.maxLength(20_000)),
  }),
]);

/** Undefined where it is none of this version. */
export const runFromWire = (message: unknown): SweepRun | undefined => run.safeParse(message).data;
export const jobFromWire = (message: unknown): SweepJob | undefined => job.safeParse(message).data;
export const outcomeFromWire = (message: unknown): SweepOutcome | undefined => outcome.safeParse(message).data;

/** The version that a message says it is of, whatever else is in it. */
export const versionOf = (message: unknown): number | undefined =>
  z.object({ version: z.number() }).safeParse(message).data?.version;
