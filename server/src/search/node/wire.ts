import * as z from 'zod/mini';
import type { Certificate, IslandState, Proof, ProofJob } from '../executor.ts';
import { isFields } from '../fields.ts';
import type { SearchTask } from '../task.ts';
import type { Request, Response } from '../workers/messages.ts';

/**
 * What a search and its workers say to each other, in a form that any channel carries: plain JSON, in which arrays of
 * numbers are the base64 of their little-endian bytes. Raised whenever a message could mean something else to the other side.
 */
export const WIRE_VERSION = 3;

const IS_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function text(array: Int32Array | Float64Array): string {
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  return (IS_LITTLE ? bytes : swapped(bytes, array.BYTES_PER_ELEMENT)).toString('base64');
}

/** The bytes of a text, in memory of their own that begins where numbers may. */
function bytesOf(base64: string, size: number): ArrayBuffer {
  const bytes = Buffer.from(base64, 'base64');
  return new Uint8Array(IS_LITTLE ? bytes : swapped(bytes, size)).buffer;
}

const swapped = (bytes: Buffer, size: number): Buffer =>
  size === 4 ? Buffer.from(bytes).swap32() : Buffer.from(bytes).swap64();

const numbers = <T>(size: number, read: (bytes: ArrayBuffer) => T) =>
  z.pipe(
    z.string().check(z.refine((base64) => Buffer.byteLength(base64, 'base64') % size === 0)),
    z.transform((base64: string) => read(bytesOf(base64, size))),
  );
const int32 = numbers(4, (bytes) => new Int32Array(bytes));
const float64 = numbers(8, (bytes) => new Float64Array(bytes));

const id = z.int();
const count = z.int().check(z.nonnegative());
const version = z.literal(WIRE_VERSION);
/** Its fields are those of the version; whoever compiles it says what is wrong with their values. */
const task = z.custom<SearchTask>(isFields);
const state = z.object({
  index: count,
  evaluations: count,
  improvedAt: count,
  random: z.array(z.int()).check(z.length(4)),
  culled: z.boolean(),
  exhausted: z.boolean(),
  members: int32,
  fitness: float64,
  front: int32,
});
const certified = { bound: float64, designs: int32, prices: float64 };
const single = (bound: Float64Array): number => bound[0] ?? Number.NaN;
const certificate = z.pipe(
  z.object(certified),
  z.transform((plain): Certificate => ({ ...plain, bound: single(plain.bound) })),
);
const proof = z.pipe(
  z.object({ ...certified, best: int32, proven: z.boolean() }),
  z.transform((plain): Proof => ({ ...plain, bound: single(plain.bound) })),
);
const proofJob = z.pipe(
  z.object({ task, certificate, best: int32, effort: z.number(), seconds: z.optional(z.number()) }),
  z.transform(({ seconds, ...job }): ProofJob => ({ ...job, ...(seconds === undefined ? {} : { seconds }) })),
);

const request = z.discriminatedUnion('kind', [
  z.object({
    version,
    id,
    kind: z.literal('evolve'),
    job: z.object({ task, state, until: count, immigrants: int32, settlers: int32 }),
  }),
  z.object({ version, id, kind: z.literal('certify'), task }),
  z.object({ version, id, kind: z.literal('prove'), job: proofJob }),
]);

const response = z.discriminatedUnion('kind', [
  z.object({ version, id, kind: z.literal('evolved'), state }),
  z.object({ version, id, kind: z.literal('certified'), certificate: z.optional(certificate) }),
  z.object({ version, id, kind: z.literal('proved'), proof }),
  z.object({ version, id, kind: z.literal('failed'), message: z.string() }),
]);

/** A message as it is sent. */
export type Wire = Readonly<Record<string, unknown>>;

const plainState = ({ measured: _, ...island }: IslandState): Wire => ({
  ...island,
  members: text(island.members),
  fitness: text(island.fitness),
  front: text(island.front),
});

/** JSON has no infinite numbers, and a bound may be one. */
const plainCertificate = ({ bound, designs, prices }: Certificate): Wire => ({
  bound: text(Float64Array.of(bound)),
  designs: text(designs),
  prices: text(prices),
});

export function requestToWire(message: Request): Wire {
  const envelope = { version: WIRE_VERSION, id: message.id, kind: message.kind };
  if (message.kind === 'certify') return { ...envelope, task: message.task };
  if (message.kind === 'prove') {
    const { certificate: known, best, ...others } = message.job;
    return { ...envelope, job: { ...others, certificate: plainCertificate(known), best: text(best) } };
  }
  const { job } = message;
  const { immigrants, settlers } = job;
  const plain = { state: plainState(job.state), immigrants: text(immigrants), settlers: text(settlers) };
  return { ...envelope, job: { ...job, ...plain } };
}

export function responseToWire(message: Response): Wire {
  const envelope = { version: WIRE_VERSION, id: message.id, kind: message.kind };
  if (message.kind === 'evolved') return { ...envelope, state: plainState(message.state) };
  if (message.kind === 'failed') return { ...envelope, message: message.message };
  if (message.kind === 'proved') {
    const { best, proven } = message.proof;
    return { ...envelope, proof: { ...plainCertificate(message.proof), best: text(best), proven } };
  }
  return message.certificate === undefined
    ? envelope
    : { ...envelope, certificate: plainCertificate(message.certificate) };
}

/** Undefined where it is no request of this version. */
export const requestFromWire = (message: unknown): Request | undefined => request.safeParse(message).data;

/** Undefined where it is no answer of this version: a process that is out of memory may say anything. */
export const responseFromWire = (message: unknown): Response | undefined => response.safeParse(message).data;
