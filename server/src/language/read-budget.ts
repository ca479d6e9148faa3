import type { Budget, CostName, Limit } from '../cost/budget.ts';
import { costNamed, limitedCosts } from '../cost/registry.ts';
import type * as ast from './generated/ast.ts';
import type { Problem, Span } from './problem.ts';
import { apartFrom, type Report, readNumber, unfinished, unknownWord } from './report.ts';
import { propertySpan, recovered, spanOf } from './span.ts';
import { COST_UNITS, costSynonyms } from './synonyms.ts';

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
  const definition = costNamed(cost);
  if (definition?.limit === undefined) {
    report(unknownCost(node, cost, amount, span));
    return undefined;
  }
  if (amount === undefined) {
    report(unfinished(spanOf(node), `what ${cost} is limited to`, `${cost} <= ${definition.usual}`));
    return undefined;
  }
  const signed = checkSign(node, cost, amount, report);
  const value = readNumber(amount, definition.limit, propertySpan(node, 'amount'), report);
  return value === undefined || !signed ? undefined : { node, limit: { cost, amount: value }, span: spanOf(node) };
}

function unknownCost(node: ast.Limit, cost: string, amount: string | undefined, span: Span): Problem {
  const problem = unknownWord('unknown-cost', 'cost', cost, span, limitedCosts(), {
    synonyms: costSynonyms(),
    taken: new Set(node.$container.limits.map((limit) => limit.cost)),
  });
  const [meant] = problem.data?.kind === 'replace' ? problem.data.with : [];
  const unit = COST_UNITS[cost.toLowerCase()];
  if (meant === undefined || unit === undefined || amount === undefined || !/^[\d.]+$/.test(amount)) return problem;
  // The unit moves from the name to the number.
  const edits = [
    { span, text: meant },
    { span: propertySpan(node, 'amount'), text: `${amount}${unit}` },
  ];
  const data = { kind: 'edits', title: `Change ${cost} to ${meant}, ${amount} to ${amount}${unit}`, edits } as const;
  return { ...problem, message: `${problem.message} Its limit is then ${amount}${unit}.`, data };
}

const AT_MOST: readonly (string | undefined)[] = ['<=', '≤'];

/** Whether the limit is written as one; `<`, `=`, `:` and nothing at all are mended, `>=` is no limit. */
function checkSign(node: ast.Limit, cost: CostName, amount: string, report: Report): boolean {
  const { sign } = recovered(node);
  if (AT_MOST.includes(sign)) return true;
  const value = propertySpan(node, 'amount');
  const span = { start: sign === undefined ? value.start : propertySpan(node, 'sign').start, end: value.end };
  const message = `A budget limits from above: write '${cost} <= ${amount}'.`;
  const data = { kind: 'replace', with: [apartFrom(node, span.start, `<= ${amount}`)] } as const;
  report({ code: 'bad-value', severity: 'error', message, span, data });
  return false;
}
