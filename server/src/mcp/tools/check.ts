import * as z from 'zod';
import { done } from '../../answers/exit.ts';
import { readFile } from '../../answers/problems.ts';
import { GIVEN_DESIGN, sourceOf } from '../given-design.ts';
import { languageCard } from '../language-card.ts';
import { PROBLEM, problemsOf } from '../problems.ts';
import { tool } from '../tool.ts';

/** `mae check` of one design, with what would mend each problem. */
export const checkTool = tool({
  name: 'check',
  title: 'Check a .mae design',
  description: [
    'Every problem of a .mae design (MAE-DET: backbones of object detectors), budgets included, each with its place, its code and',
    'replacements that mend it. ok is true where there is no error: then the design is readable and holds its budgets.',
    'Call it after every change of a text. Nothing is written.',
    '',
    'To get from a description in words to a design: 1. write a text as below, with the input size and the limits that were asked',
    'for; 2. check it and mend what it says (a start that exceeds its budget is no obstacle to a search); 3. search it, which',
    'returns the whole text with the best numbers in it; 4. check that text again; 5. give that text to the person, or let search',
    'write it by out.',
    '',
    languageCard(),
  ].join('\n'),
  input: z.object(GIVEN_DESIGN),
  output: z.object({
    ok: z.boolean().describe('no error'),
    errors: z.number().int(),
    warnings: z.number().int(),
    problems: z.array(PROBLEM),
  }),
  readOnly: true,
  run: async (given) => {
    const source = await sourceOf(given);
    if (!source.ok) return source;
    const file = readFile(source.value);
    const count = (severity: string): number => file.problems.filter((p) => p.severity === severity).length;
    const errors = count('error');
    return done({ ok: errors === 0, errors, warnings: count('warning'), problems: problemsOf(file) });
  },
});
