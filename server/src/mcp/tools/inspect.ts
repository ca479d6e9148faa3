import * as z from 'zod';
import { done } from '../../answers/exit.ts';
import { inspectJson } from '../../answers/inspect-json.ts';
import { inspectFile, modelName, notesOf } from '../../answers/model.ts';
import { recognise } from '../../exchange/onnx/recognise/recognise.ts';
import { SIZE, sizeOf } from '../given-design.ts';
import { tool } from '../tool.ts';

/** `mae inspect --json`. */
export const inspectTool = tool({
  name: 'inspect',
  title: 'Inspect an ONNX model',
  description:
    'What an ONNX model costs: multiply-accumulates, parameters, operators, stages, and, where its backbone is recognised, the same ' +
    'network as a .mae text (backbone.mae) that the other tools take. Weights are not read, so that large models take a moment only. ' +
    'Nothing is written.',
  input: z.object({ path: z.string().min(1).describe('the path of the .onnx file'), at: SIZE }),
  output: z.looseObject({
    file: z.string(),
    macs: z.object({ conv: z.number(), linear: z.number(), other: z.number() }),
    params: z.object({ conv: z.number(), total: z.number() }),
    convolutions: z.number(),
    operators: z.record(z.string(), z.number()),
    backbone: z
      .looseObject({ exact: z.boolean(), mae: z.string() })
      .nullable()
      .describe('null where no backbone of known blocks was found in it'),
    notes: z.array(z.string()).describe('what to know before one relies on the numbers'),
  }),
  readOnly: true,
  run: async ({ path, at }) => {
    const size = sizeOf(at);
    if (!size.ok) return size;
    const inspected = inspectFile(path, size.value);
    if (!inspected.ok) return inspected;
    const { value } = inspected;
    return done({ ...inspectJson(path, value, recognise(value.network, modelName(path))), notes: notesOf(value) });
  },
});
