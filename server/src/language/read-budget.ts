import { type Budget, COST_NAMES, type CostName, isCostName, type Limit } from '../cost/budget.ts';
import type * as ast from './generated/ast.ts';
import type { Span } from './problem.ts';
import type { NumberRule } from './quantity.ts';
import { type Report, readNumber, unknownWord } from './read-group.ts';
import { propertySpan, recovered, spanOf } from './span.ts';

export interface LimitSource {
  readonly node: ast.Limit;
  readonly limit: Limit;
  readonly span: Span;
}

export interface BudgetSource {
  readonly node: ast.Budget;
  readonly name: string;
  readonly limits: readonly LimitSource[];
  /** What could be read of it. */
  readonly budget: Budget;
  /** Whether every line of it could be read. */
  readonly complete: boolean;
}

const COUNT: NumberRule = { what: 'The limit', min: 1, max: 1e18, whole: true };

/** What each cost is limited by. */
export const LIMIT_RULES: Readonly<Record<CostName, NumberRule>> = {
  macs: { ...COUNT, what: 'macs (multiply–accumulates)' },
  thop: { ...COUNT, what: 'thop (multiply–accumulates and BatchNorm)' },
  mmcv: { ...COUNT, what: 'mmcv (as mmdetection counts)' },
  tinynas: { ...COUNT, what: 'tinynas (as TinyNAS counts)' },
  params: { ...COUNT, what: 'params' },
  layers: { ...COUNT, what: 'layers', max: 100_000 },
  memory: { ...COUNT, what: 'memory', unit: 'bytes' },
};

export function readBudget(node: ast.Budget, report: Report): BudgetSource {
  const limits: LimitSource[] = [];
  for (const limit of node.limits) {
    const read = readLimit(limit, report);
    if (read === undefined) continue;
    if (limits.some((other) => other.limit.cost === read.limit.cost)) {
      const message = `${read.limit.cost} is limited twice in this budget: keep one of them.`;
      const data = { kind: 'remove', span: read.span } as const;
      report({ code: 'duplicate-argument', severity: 'error', message, span: propertySpan(limit, 'cost'), data });
    } else limits.push(read);
  }
  const name = recovered(node).name ?? '';
  const budget = { name, limits: limits.map((l) => l.limit) };
  return { node, name, limits, budget, complete: limits.length === node.limits.length };
}

function readLimit(node: ast.Limit, report: Report): LimitSource | undefined {
  const { cost, amount } = recovered(node);
  if (cost === undefined) return undefined;
  const span = propertySpan(node, 'cost');
  if (cost === 'latency') {
    const message =
      'Latency budgets need a measured device profile, which this version does not have: remove this line.';
    const data = { kind: 'remove', span: spanOf(node) } as const;
    report({ code: 'unsupported-cost', severity: 'error', message, span, data });
    return undefined;
  }
  if (!isCostName(cost)) {
    report(unknownWord('unknown-cost', 'cost', cost, span, COST_NAMES));
    return undefined;
  }
  const value = readNumber(amount, LIMIT_RULES[cost], propertySpan(node, 'amount'), report);
  return value === undefined ? undefined : { node, limit: { cost, amount: value }, span: spanOf(node) };
}
