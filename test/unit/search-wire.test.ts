import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  requestFromWire,
  requestToWire,
  responseFromWire,
  responseToWire,
  WIRE_VERSION,
} from '../../server/src/search/node/wire.ts';
import type { Request, Response } from '../../server/src/search/workers/messages.ts';
import { r50Task } from './search-arbitrary.ts';

const count = fc.nat();
const genes = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })).map((all) => Int32Array.from(all));
const fitness = fc.array(fc.double()).map((all) => Float64Array.from(all));
const state = fc.record({
  index: count,
  evaluations: count,
  improvedAt: count,
  random: fc.tuple(fc.integer(), fc.integer(), fc.integer(), fc.integer()),
  culled: fc.boolean(),
  exhausted: fc.boolean(),
  members: genes,
  fitness,
  front: genes,
});
const certified = { bound: fc.double(), designs: genes, prices: fitness };
const certificate = fc.record(certified);
const proof = fc.record({ ...certified, best: genes, proven: fc.boolean() });
const task = fc.constant(r50Task);

const requests: fc.Arbitrary<Request> = fc.oneof(
  fc.record({
    id: count,
    kind: fc.constant('evolve' as const),
    job: fc.record({ task, state, until: count, immigrants: genes, settlers: genes }),
  }),
  fc.record({ id: count, kind: fc.constant('certify' as const), task }),
  fc.record({
    id: count,
    kind: fc.constant('prove' as const),
    job: fc.record(
      { task, certificate, best: genes, effort: count, seconds: fc.nat() },
      { requiredKeys: ['task', 'certificate', 'best', 'effort'] },
    ),
  }),
);
const responses: fc.Arbitrary<Response> = fc.oneof(
  fc.record({ id: count, kind: fc.constant('evolved' as const), state }),
  fc.record({ id: count, kind: fc.constant('certified' as const) }),
  fc.record({ id: count, kind: fc.constant('certified' as const), certificate }),
  fc.record({ id: count, kind: fc.constant('proved' as const), proof }),
  fc.record({ id: count, kind: fc.constant('failed' as const), message: fc.string() }),
);

/** As any channel carries it: a line of text. */
const sent = (message: unknown): unknown => JSON.parse(JSON.stringify(message));

/** A message without the version that it was sent with. */
const plain = (message: object | undefined) => ({ ...message, version: undefined });

describe('what a search and its workers say', () => {
  it('arrives as it was sent, every number of it', () => {
    fc.assert(
      fc.property(requests, (message) => {
        expect(plain(requestFromWire(sent(requestToWire(message))))).toEqual(plain(message));
      }),
    );
    fc.assert(
      fc.property(responses, (message) => {
        expect(plain(responseFromWire(sent(responseToWire(message))))).toEqual(plain(message));
      }),
    );
  });

  it('is the same bytes on every machine: the least first', () => {
    const wire = requestToWire({
      id: 7,
      kind: 'prove',
      job: {
        task: r50Task,
        certificate: { bound: 1, designs: Int32Array.of(1, -2), prices: Float64Array.of(1) },
        best: Int32Array.of(258),
        effort: 5,
      },
    });
    expect(wire).toMatchObject({
      version: 3,
      job: {
        certificate: { bound: 'AAAAAAAA8D8=', designs: 'AQAAAP7///8=', prices: 'AAAAAAAA8D8=' },
        best: 'AgEAAA==',
      },
    });
  });

  it.each<[string, (wire: Record<string, unknown>, job: object) => unknown]>([
    ['of another version', (wire) => ({ ...wire, version: WIRE_VERSION + 1 })],
    ['without a version', ({ version: _, ...wire }) => wire],
    ['of no kind', (wire) => ({ ...wire, kind: 'evolves' })],
    ['without a number', ({ id: _, ...wire }) => wire],
    ['with genes cut off', (wire, job) => ({ ...wire, job: { ...job, best: 'AgEA' } })],
    ['with genes that are no text', (wire, job) => ({ ...wire, job: { ...job, best: [1, 2] } })],
    ['without a task', (wire, job) => ({ ...wire, job: { ...job, task: null } })],
    ['nothing', () => null],
    ['a text', () => 'prove'],
  ])('is refused: %s', (_, spoil) => {
    const best = Int32Array.of(1);
    const certificate = { bound: 1, designs: best, prices: Float64Array.of() };
    const job = { task: r50Task, certificate, best, effort: 1 };
    const wire = requestToWire({ id: 1, kind: 'prove', job });
    const sentJob = wire['job'] as object;
    expect(requestFromWire(sent(wire))).toBeDefined();
    expect(requestFromWire(spoil({ ...wire }, sentJob))).toBeUndefined();
    expect(
      responseFromWire(spoil({ ...responseToWire({ id: 1, kind: 'failed', message: '' }), job: 1 }, sentJob)),
    ).toSatisfy((read) => read === undefined || 'message' in read);
  });
});
