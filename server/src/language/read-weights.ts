import type { StageWeights } from '../backbone/backbone.ts';
import type * as ast from './generated/ast.ts';
import type { Choice, Problem } from './problem.ts';
import { argumentRemoval } from './remove-argument.ts';
import { type Report, readNumber } from './report.ts';
import { propertySpan, recovered } from './span.ts';
import { STAGE_WEIGHT } from './vocabulary.ts';

/** How stages are called: a backbone may lack one of such a name, any other is misspelt. */
const STAGE_NAME = /^C[1-9]\d*$/;

/**
 * The weights of an entropy line. One of a stage that the backbone lacks is kept: it adds nothing to the score, and counts
 * again once the stage is back.
 */
export function readWeightsOf(
  statement: ast.EntropyStatement,
  stages: readonly string[],
  what: 'stage' | 'output',
  report: Report,
): StageWeights {
  const weights: Record<string, number> = {};
  for (const weight of statement.weights) {
    const { stage } = recovered(weight);
    if (stage === undefined) continue;
    const value = readNumber(recovered(weight).weight, STAGE_WEIGHT, propertySpan(weight, 'weight'), report);
    const span = propertySpan(weight, 'stage');
    const isThere = stages.includes(stage);
    if (Object.hasOwn(weights, stage)) {
      const message = `${stage} is weighed twice: keep one of them.`;
      report({ code: 'duplicate-argument', severity: 'error', message, span });
    } else if (isThere || STAGE_NAME.test(stage)) {
      if (value !== undefined) weights[stage] = value;
      // Where a graph names no output that is what is told.
      if (!isThere && stages.length > 0 && value !== 0) report(missing(statement, weight, stages, what));
    } else if (stages.length > 0) {
      const message = `This backbone has no ${what} ${stage}: its ${what}s are ${stages.join(', ')}.`;
      const data = { kind: 'replace', with: stages } as const;
      report({ code: 'unknown-stage', severity: 'error', message, span, data });
    }
  }
  return weights;
}

/** A weight of a stage that is not there, with what would mend it: the weight for the last stage where that has none, or less of the line. */
function missing(
  statement: ast.EntropyStatement,
  weight: ast.StageWeight,
  stages: readonly string[],
  what: 'stage' | 'output',
): Problem {
  const { stage = '', weight: amount = '' } = recovered(weight);
  const span = propertySpan(weight, 'stage');
  const last = stages.at(-1) ?? '';
  const taken = statement.weights.some((other) => recovered(other).stage === last);
  const choices: Choice[] = taken ? [] : [{ title: `Change ${stage} to ${last}`, edits: [{ span, text: last }] }];
  if (statement.weights.length > 1)
    choices.push({ title: `Remove ${stage}: ${amount}`, edits: argumentRemoval(statement, weight) });
  const message = `This backbone has no ${what} ${stage}, so that its weight counts for nothing: its ${what}s are ${stages.join(', ')}.`;
  return { code: 'missing-stage', severity: 'warning', message, span, data: { kind: 'choices', choices } };
}
