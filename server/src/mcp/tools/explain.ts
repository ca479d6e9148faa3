import { z } from 'zod';
import { done, EXIT, fail } from '../../answers/exit.ts';
import { entries, entriesFor } from '../../answers/explanations.ts';
import { alternatives, nearest } from '../../language/nearest.ts';
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
    const all = await entries();
    const found = entriesFor(word, all);
    if (found.length > 0) return done({ entries: [...found] });
    const near = nearest(word.trim(), new Set(all.map(({ title }) => title)));
    const hint = near.length === 0 ? 'read the resource mae://docs/glossary' : `did you mean ${alternatives(near)}?`;
    return fail(EXIT.input, `Nothing is known here as '${word.trim()}': ${hint}`);
  },
});
