import * as z from 'zod';
import { compareJson } from '../../answers/compare-json.ts';
import { type Compared, comparison } from '../../answers/compared.ts';
import { compareDetectorsJson } from '../../answers/compared-detectors.ts';
import { done } from '../../answers/exit.ts';
import { COSTS } from '../costs.ts';
import { SIZE, sizeOf } from '../given-design.ts';
import { tool } from '../tool.ts';

const NOTE = z.object({
  code: z.string(),
  designs: z.array(z.string()).readonly().describe('the designs that it is about'),
  message: z.string(),
  link: z.string().describe('where the documentation says why'),
});

const DESIGN = COSTS.extend({
  from: z.string(),
  name: z.string(),
  input: z.array(z.number()).describe('channels, height, width'),
  score: z.object({ fanIn: z.number(), exact: z.number(), deepmad: z.number() }),
  stages: z.array(z.looseObject({ name: z.string(), channels: z.number(), blocks: z.number() })),
});

/** `mae compare --json`. */
export const compareTool = tool({
  name: 'compare',
  title: 'Compare designs',
  description:
    'Backbones side by side, or detectors: every cost and the entropy score, as a whole and stage by stage. Each design is a path of a .mae ' +
    'file (all of its backbones), one of a file as FILE#NAME, or a published one by its name, such as resnet50, maedet_m, ' +
    'mobilenetv2, efficientnet_b0 (a name that is none is answered with those there are). Score and costs depend on the size of ' +
    'the input: give at to compare at one size. Nothing is written.',
  input: z.object({
    designs: z.array(z.string().min(1)).min(1).max(100).describe('FILE, FILE#NAME or the name of a published design'),
    at: SIZE,
  }),
  output: z.object({
    stages: z.array(z.string()).optional(),
    backbones: z.array(DESIGN).optional(),
    notes: z.array(NOTE).optional().describe('where the scores do not compare'),
    detectors: z.array(z.looseObject({ from: z.string(), name: z.string(), backbone: z.string() })).optional(),
  }),
  readOnly: true,
  run: async ({ designs, at }) => {
    const size = sizeOf(at);
    if (!size.ok) return size;
    const compared = await comparison(designs, size.value);
    return compared.ok ? done(answerOf(compared.value)) : compared;
  },
});

const answerOf = (compared: Compared) =>
  compared.kind === 'detectors' ? compareDetectorsJson(compared.detectors) : compareJson(compared.designs);
