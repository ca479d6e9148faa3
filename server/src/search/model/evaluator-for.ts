import { ChainEvaluator } from './chain-evaluator.ts';
import type { Evaluator } from './evaluator.ts';
import { GraphEvaluator } from './graph-evaluator.ts';
import type { Model } from './model.ts';

/** The evaluator of a model, with so many rows. */
export const evaluatorFor = (model: Model, rows: number): Evaluator =>
  model.kind === 'chain' ? new ChainEvaluator(model, rows) : new GraphEvaluator(model, rows);
