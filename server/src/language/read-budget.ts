import type { NumberRule } from '../backbone/arguments.ts';
import type { Budget, CostName, Limit } from '../cost/budget.ts';
import { costNamed, limitedCosts } from '../cost/registry.ts';
import { LATENCY, MILLISECONDS } from '../latency/latency-cost.ts';
import type { Profiles } from '../latency/profiles.ts';
import type * as ast from './generated/ast.ts';
import type { Problem, Span } from './problem.ts';
import { onWithoutDevice, readDevice } from './read-device.ts';
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

export function readBudget(node: ast.Budget, profiles: Profiles, report: Report): BudgetSource {
  const limits: LimitSource[] = [];
  for (const limit of node.limits) {
    const read = readLimit(limit, profiles, report);
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

function readLimit(node: ast.Limit, profiles: Profiles, report: Report): LimitSource | undefined {
  const { cost: word, device } = recovered(node);
  if (word === undefined) return undefined;
  if (word === LATENCY) {
    const found = readDevice(node, profiles, 'latency <= 10ms on NAME', report);
    const value = readAmount(node, word, MILLISECONDS, '10ms on NAME', report);
    return found === undefined || value === undefined ? undefined : limitOf(node, found, value);
  }
  const definition = costNamed(word);
  if (definition?.limit === undefined || definition.device !== undefined) {
    report(unknownCost(node, word, node.amount, propertySpan(node, 'cost')));
    return undefined;
  }
  if (device !== undefined) report(onWithoutDevice(node, word, propertySpan(node, 'amount')));
  const value = readAmount(node, word, definition.limit, definition.usual, report);
  return device !== undefined || value === undefined ? undefined : limitOf(node, word, value);
}

const limitOf = (node: ast.Limit, cost: CostName, amount: number): LimitSource => ({
  node,
  limit: { cost, amount },
  span: spanOf(node),
});

/** The number of a limit; undefined where it cannot be read. */
function readAmount(
  node: ast.Limit,
  word: string,
  rule: NumberRule,
  usual: string,
  report: Report,
): number | undefined {
  const { amount } = recovered(node);
  if (amount === undefined) {
    report(unfinished(spanOf(node), `what ${word} is limited to`, `${word} <= ${usual}`));
    return undefined;
  }
  const signed = checkSign(node, word, amount, report);
  const value = readNumber(amount, rule, propertySpan(node, 'amount'), report);
  return signed ? value : undefined;
}

function unknownCost(node: ast.Limit, cost: string, amount: string | undefined, span: Span): Problem {
  const problem = unknownWord('unknown-cost', 'cost', cost, span, [...limitedCosts(), LATENCY], {
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
function checkSign(node: ast.Limit, word: string, amount: string, report: Report): boolean {
  const { sign } = recovered(node);
  if (AT_MOST.includes(sign)) return true;
  const value = propertySpan(node, 'amount');
  const span = { start: sign === undefined ? value.start : propertySpan(node, 'sign').start, end: value.end };
  const message = `A budget limits from above: write '${word} <= ${amount}'.`;
  const data = { kind: 'replace', with: [apartFrom(node, span.start, `<= ${amount}`)] } as const;
  report({ code: 'bad-value', severity: 'error', message, span, data });
  return false;
}
