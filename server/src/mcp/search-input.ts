import * as z from 'zod';
import type { Failure } from '../answers/exit.ts';
import type { TaskOptions } from '../answers/search-task.ts';
import { GIVEN_DESIGN } from './given-design.ts';

/** What a search may be told; by the names of the command line's options. */
export const SEARCH_INPUT = z.object({
  ...GIVEN_DESIGN,
  search: z
    .string()
    .optional()
    .describe('the name of the search block, or of a backbone; needed where the text has several'),
  seed: z.number().int().min(0).optional().describe('the same seed gives the same answer'),
  evaluations: z.number().int().min(1).optional().describe('how many candidates are computed; 96000 when left out'),
  estimator: z.enum(['fan-in', 'exact']).optional(),
  algorithm: z.enum(['default', 'paper', 'exact']).optional(),
  minimise: z
    .string()
    .optional()
    .describe('make this cost, such as params or macs, as small as possible while the score holds'),
  score: z.number().optional().describe('the score that minimise holds; the start’s own when left out'),
  plateau: z.number().int().min(1).optional().describe('stop after so many evaluations without a better design'),
  timeLimit: z.number().positive().optional().describe('seconds; the answer then depends on the machine'),
  prove: z.boolean().optional().describe('end in a proof that no design is better; seconds to minutes'),
  pareto: z
    .array(z.string())
    .max(8)
    .optional()
    .describe('also give the front of the score against these costs, such as macs'),
  out: z.string().min(1).optional().describe('a file to write the text to; left out, nothing is written'),
  overwrite: z.boolean().optional().describe('out may take the place of a file that is there'),
});
export type SearchInput = z.output<typeof SEARCH_INPUT>;

/** The command line takes its options as texts; they mean the same. */
export function optionsOf(given: SearchInput): TaskOptions {
  const { estimator, algorithm, minimise, prove } = given;
  const texts = { seed: given.seed, evaluations: given.evaluations, score: given.score, plateau: given.plateau };
  const numbers = Object.entries({ ...texts, timeLimit: given.timeLimit }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return {
    ...Object.fromEntries(numbers),
    ...(estimator === undefined ? {} : { estimator }),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(minimise === undefined ? {} : { minimise }),
    ...(prove === undefined ? {} : { prove }),
    ...(given.pareto === undefined || given.pareto.length === 0 ? {} : { pareto: given.pareto.join(',') }),
  };
}

/** What the command line says of its options, in the words of the arguments. */
export const inArguments = (failure: Failure): Failure => ({
  ...failure,
  message: failure.message
    .replace(/^error: /, '')
    .replaceAll('option --time-limit', 'argument timeLimit')
    .replaceAll(/option --(\w+)/g, 'argument $1')
    .replaceAll(/--(\w+)/g, '$1'),
});
