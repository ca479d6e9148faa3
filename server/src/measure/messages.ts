import * as z from 'zod';
import { BACKENDS, type BackendChoice, type BackendSettings } from './backends/backend.ts';
import { FAILURE_CODES } from './failure.ts';
import type { MeasuredActivation, Plan } from './plan.ts';

/**
 * Everything that the measuring process and its parent say to each other, over the channel of child_process.fork.
 * What the child says is checked, because a process that is out of memory or killed half-way may say anything; what
 * the parent says comes from this code.
 */

/** One network to measure. */
export interface MeasureRequest {
  readonly plan: Plan;
  readonly activation: MeasuredActivation;
  readonly seed: number;
  readonly draws: number;
  /** Inputs of one draw; made smaller where the device has no room. */
  readonly batch: number;
  /** Draws of the Zen-Score, 0 to leave it out, and its batch. */
  readonly zenDraws: number;
  readonly zenBatch: number;
  readonly backend: BackendChoice;
  readonly settings: BackendSettings;
  /** Threads for the draws on wasm. */
  readonly workers: number;
}

export type ToChild =
  /** Parent → child: measure, and answer with `measured` or `failed`; one at a time. */
  | { readonly kind: 'measure'; readonly id: number; readonly request: MeasureRequest }
  /** Parent → child: measure several networks at once, and answer with `batched` or `failed`. Same backend and threads. */
  | { readonly kind: 'batch'; readonly id: number; readonly requests: readonly MeasureRequest[] }
  /** Parent → child: stop that measurement between two layers; it still answers, with `failed`. */
  | { readonly kind: 'cancel'; readonly id: number }
  /** Parent → child: open and prove every backend, and answer with `examined`. */
  | { readonly kind: 'examine'; readonly id: number; readonly settings: BackendSettings };

const failure = z.object({
  code: z.enum(FAILURE_CODES),
  message: z.string(),
  nextStep: z.string(),
});

const backend = z.object({
  name: z.enum(BACKENDS),
  device: z.string().min(1),
  kind: z.enum(['cpu', 'gpu']),
  versions: z.record(z.string(), z.string()),
  gmacsPerSecond: z.number().positive(),
});

const id = z.number().int();
const finite = z.array(z.number());

const fromChild = z.discriminatedUnion('kind', [
  /** Child → parent, unasked: it has started and listens. */
  z.object({ kind: z.literal('ready') }),
  /** Child → parent, unasked: so many draws are done. Also a sign of life. */
  z.object({ kind: z.literal('progress'), id, done: z.number(), total: z.number() }),
  /** Child → parent: cumulative Σ log γ by draw and stage, Zen-Scores by draw, and what computed them. */
  z.object({
    kind: z.literal('measured'),
    id,
    backend,
    batch: z.number().int().positive(),
    zenBatch: z.number().int().positive(),
    draws: z.array(finite),
    zen: finite,
    seconds: z.number(),
    /** Most memory that the process ever held, all threads together. */
    peakBytes: z.number(),
  }),
  /** Child → parent: the Zen-Scores and entropies of several networks, or why one of them has none. */
  z.object({
    kind: z.literal('batched'),
    id,
    backend,
    answers: z.array(
      z.union([
        z.object({ ok: z.literal(true), draws: z.array(finite), zen: finite }),
        z.object({ ok: z.literal(false), failure }),
      ]),
    ),
  }),
  /** Child → parent: every backend, usable or not. */
  z.object({
    kind: z.literal('examined'),
    id,
    backends: z.array(
      z.union([
        z.object({ usable: z.literal(true), backend }),
        z.object({ usable: z.literal(false), name: z.enum(BACKENDS), failure }),
      ]),
    ),
  }),
  /** Child → parent: why there is no answer. */
  z.object({ kind: z.literal('failed'), id, failure }),
]);

export type FromChild = z.infer<typeof fromChild>;
export type Measured = Extract<FromChild, { kind: 'measured' }>;
export type Batched = Extract<FromChild, { kind: 'batched' }>;
export type Examined = Extract<FromChild, { kind: 'examined' }>;
export type BackendReport = z.infer<typeof backend>;

/** The message, or undefined where it is none of ours. */
export function readFromChild(message: unknown): FromChild | undefined {
  const parsed = fromChild.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}
