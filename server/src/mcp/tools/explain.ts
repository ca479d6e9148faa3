import * as z from 'zod';
import { done } from '../../answers/exit.ts';
import { explained } from '../../answers/explained.ts';
import { tool } from '../tool.ts';

/** What the documentation says of a word. */
export const explainTool = tool({
  name: 'explain',
  title: 'Explain a diagnostic or a term',
  description:
    'What a word of this product means, from its documentation: the code of a problem that check gives (budget-exceeded, ' +
    'stage-order …), a term of the glossary (entropy, Z, macs, neck …), or a block, an argument, a cost or a setting of the ' +
    'language (bottleneck, btn, tinynas, evaluations …).',
  input: z.object({ word: z.string().min(1).max(200).describe('a code, a term or a word of the language') }),
  output: z.object({
    entries: z.array(
      z.object({
        kind: z.enum(['diagnostic', 'term', 'language']),
        title: z.string(),
        text: z.string().describe('Markdown'),
        resource: z.string().describe('the page that it stands on'),
      }),
    ),
  }),
  readOnly: true,
  run: async ({ word }) => {
    const found = await explained(word, 'read the resource mae://docs/glossary');
    return found.ok ? done({ entries: [...found.value] }) : found;
  },
});
