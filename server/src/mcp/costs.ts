import * as z from 'zod';

/** Every cost of a design, as `mae score --json` writes them. Counts are exact; memory is in bytes. */
export const COSTS = z
  .looseObject({
    macs: z.number().describe('multiply-accumulates of convolutions'),
    params: z.object({ conv: z.number(), total: z.number() }),
    layers: z.number().describe('convolutions on the main path'),
    memoryBytes: z.number().describe('peak of the activations, float32, one picture'),
  })
  .describe('every cost; the names that a budget limits, but memoryBytes for memory and params.total for params');

/** One number before and after a change. */
export const CHANGE = z.object({ before: z.number(), after: z.number(), change: z.number() });

export const changeOf = (before: number, after: number): z.input<typeof CHANGE> => ({
  before,
  after,
  change: after - before,
});

/** How much of one line of a budget is used. */
export const LIMIT = z.object({
  budget: z.string(),
  cost: z.string(),
  limit: z.number(),
  value: z.number(),
  holds: z.boolean(),
});
