import { printBackbone } from '../../server/src/language/print.ts';
import type { Evidence } from './evidence.ts';
import { evidencePage } from './page.ts';
import { bandPlot } from './plot-bands.ts';
import { robustPlot } from './plot-robust.ts';
import { budgetPlot, tauPlot } from './plots.ts';

/** What the command writes, by its path in the project. */
export function documentsOf(evidence: Evidence): Readonly<Record<string, string>> {
  const { results } = evidence;
  const shown = ['nasbench-macro', 'accel-nasbench', 'transnas-class_object'];
  return {
    'docs/evidence.md': evidencePage(evidence, printBackbone),
    'docs/pictures/evidence-tau.svg': tauPlot(results),
    'docs/pictures/evidence-budgets.svg': budgetPlot(results.filter(({ id }) => shown.includes(id))),
    'docs/pictures/evidence-robust.svg': robustPlot(evidence.robust),
    'docs/pictures/evidence-limits.svg': bandPlot(evidence.bands),
  };
}
