import type { CodeAction } from 'vscode-languageserver-types';
import { insideOf } from '../language/design.ts';
import { lineEndOf } from '../language/leaves.ts';
import type { ProblemData } from '../language/problem.ts';
import type { SearchSource } from '../language/read-search.ts';
import { budgetOf } from '../language/resolve.ts';
import type { Edit } from '../language/rewrite.ts';
import { spanOf } from '../language/span.ts';
import { lineBefore, quickFix } from './edit-action.ts';
import type { Snapshot } from './snapshot.ts';

type LayersData = Extract<ProblemData, { kind: 'limit-layers' }>;

/** «Limit the layers to 79 in r50»: a line in the budget of the search, or a budget for it. The first is preferred. */
export function depthFixes(snapshot: Snapshot, { search: index, choices }: LayersData): CodeAction[] {
  const { design } = snapshot;
  const search = design.searches[index];
  if (search === undefined) return [];
  const budget = budgetOf(search, design);
  return choices.map((layers, place) => {
    const limit = `layers <= ${layers}`;
    const [first] = budget?.limits ?? [];
    if (budget !== undefined && first !== undefined) {
      const edit = lineBefore(snapshot, spanOf(first.node).start, limit);
      return quickFix(snapshot, `Add ${limit} to ${budget.name}`, [edit], place === 0);
    }
    const name = freeName(snapshot, 'depth');
    const edits = [ownBudget(snapshot, search, name, limit), lineBefore(snapshot, insideOf(search), `within ${name}`)];
    return quickFix(snapshot, `Add a budget with ${limit}`, edits, place === 0);
  });
}

/** A budget of one line, before the search. */
function ownBudget(snapshot: Snapshot, { node }: SearchSource, name: string, limit: string): Edit {
  const { start } = spanOf(node);
  const end = lineEndOf(snapshot.document.getText());
  const lines = [`budget ${name} {`, `  ${limit}`, '}', '', ''];
  return { span: { start, end: start }, text: lines.join(end) };
}

/** The name, with a number where a budget has it already. */
export function freeName({ design }: Snapshot, wanted: string): string {
  const taken = new Set(design.budgets.map((b) => b.name));
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
  return name;
}
