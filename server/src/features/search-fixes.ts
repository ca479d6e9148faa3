import type { CodeAction } from 'vscode-languageserver-types';
import type { Problem } from '../language/problem.ts';
import { spanOf } from '../language/span.ts';
import { quickFix } from './edit-action.ts';
import { offerWithin } from './search-offers.ts';
import type { Snapshot } from './snapshot.ts';

/** Of a file with many backbones the first ones; the others are a word away. */
const MOST = 4;

/** «Write a search of r50_start within r50»: what a budget that nothing is held to may be there for. */
export function searchFixes(snapshot: Snapshot, { code, data }: Problem): CodeAction[] {
  if (code !== 'unused-name' || data?.kind !== 'remove') return [];
  const budget = snapshot.design.budgets.find(({ node }) => spanOf(node).start === data.span.start);
  if (budget === undefined) return [];
  return snapshot.backbones.slice(0, MOST).map((backbone) => {
    const { backbone: from, budget: within, edits } = offerWithin(snapshot, backbone, budget);
    return quickFix(snapshot, `Write a search of ${from} within ${within}`, edits, false);
  });
}
