import type { CodeAction, TextEdit } from 'vscode-languageserver-types';
import * as z from 'zod';
import type { ReadFile } from '../answers/problems.ts';
import { fixesOf } from '../features/code-actions.ts';
import { DEFAULT_OPTIONS } from '../features/options.ts';
import { rangeOf } from '../features/snapshot.ts';

const PLACE = {
  line: z.number().int().describe('from 1'),
  column: z.number().int().describe('from 1'),
  endLine: z.number().int(),
  endColumn: z.number().int().describe('the first column that does not belong to it'),
};

const FIX = z.object({ title: z.string(), edits: z.array(z.object({ ...PLACE, text: z.string() })) });

export const PROBLEM = z.object({
  ...PLACE,
  severity: z.enum(['error', 'warning', 'information', 'hint']),
  code: z.string().describe('the tool explain says more about it'),
  message: z.string(),
  fixes: z.array(FIX).describe('replacements that mend it, the best first'),
});

/** Problems that come with fixes: looking for what shrinks a design takes time. */
const MOST_FIXED = 20;
const MOST_FIXES = 3;

/** The problems of a file in the order of their places, the first ones each with what would mend it. */
export const problemsOf = ({ snapshot, problems }: ReadFile, fixed = MOST_FIXED): z.input<typeof PROBLEM>[] =>
  problems.map((problem, index) => {
    const { severity, code, message, span } = problem;
    const fixes = index < fixed ? fixesOf(snapshot, problem, DEFAULT_OPTIONS).slice(0, MOST_FIXES) : [];
    return { ...placeOf(rangeOf(snapshot, span)), severity, code, message, fixes: fixes.flatMap(fixOf) };
  });

const placeOf = ({ start, end }: TextEdit['range']) => ({
  line: start.line + 1,
  column: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});

function fixOf({ title, edit }: CodeAction): z.input<typeof FIX>[] {
  const edits = (edit?.documentChanges ?? []).flatMap((change) =>
    'edits' in change
      ? change.edits.flatMap((one) => ('newText' in one ? [{ ...placeOf(one.range), text: one.newText }] : []))
      : [],
  );
  return edits.length === 0 ? [] : [{ title, edits }];
}
