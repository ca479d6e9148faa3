import { TextDocument } from 'vscode-languageserver-textdocument';
import * as z from 'zod';
import { scoreOf } from '../../analysis/score-of.ts';
import { done, EXIT, fail, type Outcome } from '../../answers/exit.ts';
import { limitsOf } from '../../answers/limits.ts';
import { readFile } from '../../answers/problems.ts';
import { scored } from '../../answers/scored.ts';
import { costOf } from '../../cost/budget.ts';
import type { Costs } from '../../cost/cost.ts';
import { limitedCosts } from '../../cost/registry.ts';
import { DEFAULT_OPTIONS } from '../../features/options.ts';
import { scoringOf } from '../../features/scoring-of.ts';
import type { Snapshot } from '../../features/snapshot.ts';
import { CHANGE, changeOf, LIMIT } from '../costs.ts';
import { GIVEN_DESIGN, sourceOf } from '../given-design.ts';
import { PROBLEM, problemsOf } from '../problems.ts';
import { tool } from '../tool.ts';

const LINE = z.object({
  line: z.number().int().min(1).describe('which line, counted from 1 in the text as it is given'),
  text: z.string().describe('what stands there instead: a line, several, or nothing, which removes it'),
});

const EFFECT = z.object({
  kind: z.enum(['backbone', 'detector']),
  name: z.string(),
  score: CHANGE.optional().describe('of a backbone: entropy in nats, by the objective of its search. More is better'),
  costs: z.record(z.string(), CHANGE).describe('every cost by the name that a budget limits it by'),
  budgets: z.array(LIMIT).describe('after the change'),
});

/** A changed text against the text before: the whole is read again, so that whatever may be written may be asked. */
export const whatIfTool = tool({
  name: 'what_if',
  title: 'Try a change of a .mae design',
  description:
    'What a change would do: gives the changed text, its problems, and for every backbone and detector the score and every cost ' +
    'before and after, with what is left of each budget. A change replaces whole lines, such as line 6 by ' +
    "'  stage C3 bottleneck(out: 384, btn: 96, k: 3, s: 2) x 3'. Nothing is written. Tool check has the language on one page; " +
    'tool search finds the best numbers by itself.',
  input: z.object({ ...GIVEN_DESIGN, changes: z.array(LINE).min(1).max(1000) }),
  output: z.object({
    text: z.string().describe('the whole text after the change'),
    ok: z.boolean().describe('the changed text has no error'),
    effects: z.array(EFFECT).describe('of what can be read before and after'),
    problems: z.array(PROBLEM).describe('of the changed text'),
  }),
  readOnly: true,
  run: async ({ changes, ...given }) => {
    const source = await sourceOf(given);
    if (!source.ok) return source;
    const before = readFile(source.value);
    const text = withLines(before.snapshot.document, changes);
    if (!text.ok) return text;
    const after = readFile({ ...source.value, text: text.value });
    return done({
      text: text.value,
      ok: after.problems.every(({ severity }) => severity !== 'error'),
      effects: effectsOf(before.snapshot, after.snapshot),
      problems: problemsOf(after),
    });
  },
});

/** The text with other lines. Lines are those of the text before any change. */
function withLines(document: TextDocument, changes: readonly z.output<typeof LINE>[]): Outcome<string> {
  const wrong = changes.find(({ line }) => line > document.lineCount);
  if (wrong !== undefined)
    return fail(EXIT.usage, `There is no line ${wrong.line}: the text has ${document.lineCount} lines.`);
  const twice = changes.find(({ line }, index) => changes.findIndex((other) => other.line === line) !== index);
  if (twice !== undefined) return fail(EXIT.usage, `Line ${twice.line} is changed twice: give each line once.`);
  const edits = changes.map(({ line, text }) => {
    const start = { line: line - 1, character: 0 };
    const newText = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    return { range: { start, end: { line, character: 0 } }, newText };
  });
  return done(TextDocument.applyEdits(document, edits));
}

function effectsOf(before: Snapshot, after: Snapshot): z.input<typeof EFFECT>[] {
  const [old, now] = [scored(before, undefined), scored(after, undefined)];
  const backbones = now.backbones.flatMap(({ sized, budgets }): z.input<typeof EFFECT>[] => {
    const { name } = sized.backbone;
    const was = old.backbones.find((one) => one.sized.backbone.name === name)?.sized;
    const searches = after.backbones.find(({ source }) => source.name === name)?.searches ?? [];
    if (was === undefined) return [];
    const scoring = scoringOf({ searches }, DEFAULT_OPTIONS);
    const score = changeOf(scoreOf(was, scoring), scoreOf(sized, scoring));
    return [
      {
        kind: 'backbone',
        name,
        score,
        ...costChanges(was.costs, sized.costs),
        budgets: limitsOf(sized.costs, budgets),
      },
    ];
  });
  const detectors = now.detectors.flatMap(({ sized, budgets }): z.input<typeof EFFECT>[] => {
    const { name } = sized.detector;
    const was = old.detectors.find((one) => one.sized.detector.name === name)?.sized;
    return was === undefined
      ? []
      : [{ kind: 'detector', name, ...costChanges(was.costs, sized.costs), budgets: limitsOf(sized.costs, budgets) }];
  });
  return [...backbones, ...detectors];
}

const costChanges = (before: Costs, after: Costs) => ({
  costs: Object.fromEntries(limitedCosts().map((cost) => [cost, changeOf(costOf(before, cost), costOf(after, cost))])),
});
