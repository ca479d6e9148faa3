import * as z from 'zod';
import { done } from '../../answers/exit.ts';
import { readFile } from '../../answers/problems.ts';
import { scored, scoredJson } from '../../answers/scored.ts';
import { COSTS, LIMIT } from '../costs.ts';
import { GIVEN_DESIGN, SIZE, sizeOf, sourceOf } from '../given-design.ts';
import { PROBLEM, problemsOf } from '../problems.ts';
import { tool } from '../tool.ts';

const STAGE = z.looseObject({
  name: z.string(),
  channels: z.number(),
  height: z.number(),
  width: z.number(),
  macs: z.number(),
  params: z.number(),
  layers: z.number(),
});

const BACKBONE = COSTS.extend({
  name: z.string(),
  input: z.array(z.number()).describe('channels, height, width'),
  stages: z.array(STAGE),
  score: z
    .object({ fanIn: z.number(), exact: z.number(), deepmad: z.number() })
    .describe('entropy scores in nats; fanIn is what a search maximises by default. More is better at the same cost'),
  budgets: z.array(LIMIT).describe('the lines of the budgets it is held to; at its own input'),
});

const DETECTOR = z.looseObject({ name: z.string(), backbone: z.string(), budgets: z.array(LIMIT) });

/** `mae score --json`. */
export const scoreTool = tool({
  name: 'score',
  title: 'Score a .mae design',
  description:
    'Costs (macs, params, layers, memory …) and the entropy score of every backbone of a .mae design, as a whole and for each stage, ' +
    'the costs of every detector, and how much of each budget is used. Closed forms: it takes milliseconds, nothing is trained or ' +
    'run. Tool check has the language on one page. Nothing is written.',
  input: z.object({ ...GIVEN_DESIGN, at: SIZE }),
  output: z.object({
    backbones: z.array(BACKBONE),
    detectors: z.array(DETECTOR),
    problems: z.array(PROBLEM).describe('errors of the text: what they stand in has no numbers'),
  }),
  readOnly: true,
  run: async ({ at, ...given }) => {
    const size = sizeOf(at);
    if (!size.ok) return size;
    const source = await sourceOf(given);
    if (!source.ok) return source;
    const file = readFile(source.value);
    return done({
      ...scoredJson(scored(file.snapshot, size.value), file.snapshot),
      problems: problemsOf(file, 0).filter(({ severity, code }) => severity === 'error' && code !== 'budget-exceeded'),
    });
  },
});
