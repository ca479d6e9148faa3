import * as z from 'zod';
import { POINT_COLUMNS, type Profile } from './profile.ts';
import { cornersOf } from './rate-grid.ts';
import { timedPlaces } from './timed-places.ts';

/** More rows than these are no profile, and would fill the memory. */
export const MAX_POINTS = 20_000;
/** The points of one kind of operator span a grid of at most so many corners: scattered ones are none, and would take very long. */
const MAX_CORNERS = 50_000;
/** A larger file is not read at all. */
export const MAX_PROFILE_BYTES = 4_000_000;

const share = z.number().min(0).max(1e6);
const count = z.number().int().min(1).max(1e9);

const names = z.array(z.string().min(1).max(40)).max(100);

const POINT = z.tuple([count, count, count, count, count, z.number().gt(0).max(1e9), share, count]);

const OPERATOR = z.object({
  op: z.string().min(1).max(40),
  kernel: z.number().int().min(1).max(1000),
  stride: z.number().int().min(1).max(1000),
  grouping: z.enum(['one', 'each', 'several']),
  points: z.array(POINT).min(1).max(MAX_POINTS),
});

/** The file's form; `schemas/maeprofile.schema.json` is made of it. */
export const PROFILE = z.object({
  $schema: z.string().optional(),
  format: z.literal('maeprofile'),
  version: z.literal(1),
  device: z.string().max(400),
  runtime: z.object({ name: z.string().max(100), version: z.string().max(100) }),
  threads: z.number().int().min(1).max(4096),
  precision: z.literal('float32'),
  date: z.iso.date(),
  timing: z.object({
    clock: z.enum(['cpu', 'wall']),
    quantile: z.number().min(0).max(1),
    warmUps: z.number().int().min(0).max(1e6),
    noise: share,
  }),
  channelBlock: z.number().int().min(1).max(256),
  fused: names,
  layout: z.object({ plain: names }).optional(),
  factor: z.number().gt(0).max(1000),
  overhead: z.number().min(0).max(1000).optional(),
  perMillionWeights: z.number().min(0).max(1000).optional(),
  heldOut: z
    .object({
      networks: z.number().int().min(1).max(1e6),
      medianError: share,
      error95: share,
      rank: z.number().min(-1).max(1),
    })
    .optional(),
  columns: z.array(z.string()).optional(),
  operators: z.array(OPERATOR).min(1).max(1000),
});

export type ReadProfile =
  | { readonly kind: 'profile'; readonly profile: Profile }
  /** What is wrong with the file, in a sentence. */
  | { readonly kind: 'fault'; readonly message: string };

const fault = (message: string): ReadProfile => ({ kind: 'fault', message });

/** Reads the text of a profile. What is wrong is said with its place, as in `operators[2].points[7].ms`. */
export function readProfile(text: string): ReadProfile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fault(`It is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const version = (value as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version !== 1)
    return fault(`It is of version ${version}, and this program reads version 1: make it again with "mae profile".`);
  const read = PROFILE.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return fault(`${pathText(issue?.path ?? [])}: ${issue?.message ?? 'it has another form'}.`);
  }
  const { $schema: _, columns: __, heldOut, layout, overhead, perMillionWeights, ...rest } = read.data;
  const profile: Profile = {
    ...rest,
    ...(layout === undefined ? {} : { layout }),
    ...(overhead === undefined ? {} : { overhead }),
    ...(perMillionWeights === undefined ? {} : { perMillionWeights }),
    ...(heldOut === undefined ? {} : { heldOut }),
  };
  const points = profile.operators.reduce((sum, operator) => sum + operator.points.length, 0);
  if (points > MAX_POINTS) return fault(`It has ${points} points, and at most ${MAX_POINTS} are read.`);
  for (const [kind, places] of timedPlaces(profile)) {
    const corners = cornersOf(places);
    if (corners > MAX_CORNERS || corners * places.length > 1e8)
      return fault(
        `The points of '${kind}' are no grid: their sizes have ${corners} combinations. Take fewer different sizes.`,
      );
  }
  return { kind: 'profile', profile };
}

/** A path as one writes it, with the column of a point by its name. */
function pathText(path: readonly PropertyKey[]): string {
  const isPoint = path[0] === 'operators' && path[2] === 'points' && path.length === 5;
  const names = isPoint ? path.with(4, POINT_COLUMNS[Number(path[4])] ?? String(path[4])) : path;
  const text = names.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || 'the file';
}
