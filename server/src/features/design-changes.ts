import { changePercent, nats, percent, shapeText, signed } from '../../../common/numbers.ts';
import { atSize } from '../analysis/at-size.ts';
import type { ImageSize } from '../backbone/backbone.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { DETECTOR_COSTS } from '../detector/analyse.ts';
import { detectorAtSize } from '../detector/at-size.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import { amountText } from './cost-text.ts';
import { deviceCosts, shownCosts } from './device-costs.ts';
import type { Snapshot } from './snapshot.ts';

/** One number of a design before and after, as people read it; `change` is empty where it says no more than the two. */
export interface ChangedNumber {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
}

/** What became of one design of a text. */
export interface DesignChange {
  readonly kind: 'backbone' | 'detector';
  readonly name: string;
  readonly state: 'new' | 'removed' | 'changed' | 'same';
  /** Those that differ; of a design that is new or removed there are none. */
  readonly numbers: readonly ChangedNumber[];
}

/** A number with how it is written, and how a difference is. */
interface Shown {
  readonly title: string;
  readonly value: number;
  readonly text: string;
  readonly difference: (from: number) => string;
}

interface Numbered {
  readonly kind: DesignChange['kind'];
  readonly name: string;
  readonly shown: readonly Shown[];
  readonly input: string;
}

/**
 * What became of every design between two texts, in the order of the second; what is no longer there comes last. Designs are
 * the same by their kind and name.
 *
 * @param at the image size of all numbers; budgets are told of the size that is written alone
 */
export function designChanges(before: Snapshot, after: Snapshot, at?: ImageSize): DesignChange[] {
  const [was, is] = [numbered(before, at), numbered(after, at)];
  const same = (a: Numbered, b: Numbered): boolean => a.kind === b.kind && a.name === b.name;
  const kept = is.map((design): DesignChange => {
    const { kind, name } = design;
    const old = was.find((one) => same(one, design));
    if (old === undefined) return { kind, name, state: 'new', numbers: [] };
    const numbers = changed(old, design);
    return { kind, name, state: numbers.length === 0 ? 'same' : 'changed', numbers };
  });
  const gone = was
    .filter((old) => !is.some((design) => same(old, design)))
    .map(({ kind, name }): DesignChange => ({ kind, name, state: 'removed', numbers: [] }));
  return [...kept, ...gone];
}

function changed(before: Numbered, after: Numbered): ChangedNumber[] {
  const input =
    before.input === after.input ? [] : [{ title: 'input', before: before.input, after: after.input, change: '' }];
  const titles = [...new Set([...after.shown, ...before.shown].map(({ title }) => title))];
  const numbers = titles.flatMap((title): ChangedNumber[] => {
    const [was, is] = [before, after].map(({ shown }) => shown.find((one) => one.title === title));
    if (was?.value === is?.value && was?.text === is?.text) return [];
    const change = was === undefined || is === undefined ? '' : is.difference(was.value);
    return [{ title, before: was?.text ?? '–', after: is?.text ?? '–', change }];
  });
  return [...input, ...numbers];
}

/** The designs of a text that can be read as they stand. */
function numbered(snapshot: Snapshot, at: ImageSize | undefined): Numbered[] {
  const devices = deviceCosts(snapshot.design);
  const backbones = snapshot.backbones.flatMap(({ analysis, fresh, budgets }): Numbered[] => {
    if (analysis === undefined || !fresh) return [];
    const { backbone, score, costs } = atSize(analysis, at);
    return [
      {
        kind: 'backbone',
        name: backbone.name,
        input: shapeText(backbone.input),
        shown: [
          entropy('Z fan-in', score.fanIn),
          entropy('Z exact', score.exact),
          ...shownCosts(snapshot.design).map((name) => cost(name, costs)),
          ...(at === undefined ? limits(costs, budgets) : []),
        ],
      },
    ];
  });
  const detectors = snapshot.detectors.flatMap(({ analysis, fresh, budgets }): Numbered[] => {
    const sized = analysis === undefined || !fresh ? undefined : detectorAtSize(analysis, at);
    if (sized === undefined) return [];
    const { detector, costs, backbone } = sized;
    return [
      {
        kind: 'detector',
        name: detector.name,
        input: shapeText(detector.backbone.input),
        shown: [
          entropy('Z fan-in of its backbone', backbone.score.fanIn),
          ...[...DETECTOR_COSTS, 'memory', ...devices].map((name) => cost(name, costs)),
          ...(at === undefined ? limits(costs, budgets) : []),
        ],
      },
    ];
  });
  return [...backbones, ...detectors];
}

const entropy = (title: string, value: number): Shown => ({
  title,
  value,
  text: nats(value),
  difference: (from) => signed(value - from),
});

const cost = (name: CostName, costs: Costs): Shown => {
  const value = costOf(costs, name);
  return {
    title: name,
    value,
    text: amountText(name, value),
    difference: (from) => (from === 0 ? '' : signed(value / from - 1, changePercent)),
  };
};

/** How much of each limit is used: «93 % of 100 M», and that it is exceeded. */
const limits = (costs: Costs, budgets: readonly BudgetSource[]): Shown[] =>
  budgets.flatMap(({ name, budget }) =>
    budget.limits.map((limit): Shown => {
      const value = costOf(costs, limit.cost) / limit.amount;
      return {
        title: `${limit.cost} of budget ${name}`,
        value,
        text: `${percent(value)} of ${amountText(limit.cost, limit.amount)}`,
        difference: () => (value > 1 ? 'exceeded' : ''),
      };
    }),
  );
