import { RELU_WORTH } from '../../server/src/entropy/objectives/robust.ts';
import { column, type EvidenceSet, equalPairsOf } from './sets.ts';
import { mean, once, outcomes, rankingOf, sharesWon } from './statistics.ts';

/** What a factor e of ReLU elements may be worth beside the mean entropy of the stages, in nats. */
export const WORTHS = [0, 1, 2, 4, 8, 16, 32, 64] as const;

const FORMS = ['absolute', 'mean'] as const;
export type Form = (typeof FORMS)[number];

/** The share of the pairs of equal macs that a form wins in one benchmark, for each of the constants. */
export interface Curve {
  readonly form: Form;
  readonly benchmark: string;
  readonly shares: readonly number[];
}

/** A constant that was chosen on some benchmarks, and what it gives where it was not chosen. */
export interface HeldOut {
  readonly form: Form;
  readonly chosenOn: readonly string[];
  readonly worth: number;
  readonly testedOn: string;
  readonly score: number;
  readonly tested: number;
}

export interface RobustEvidence {
  readonly curves: readonly Curve[];
  readonly heldOut: readonly HeldOut[];
  /** The constant that is best on all benchmarks together. */
  readonly best: Readonly<Record<Form, number>>;
}

/** Of α that sums to 8, Z is eight times the mean entropy: the same grid for both forms. */
const TIMES: Readonly<Record<Form, number>> = { absolute: 8, mean: 1 };

function sharesIn(set: EvidenceSet, form: Form): number[] {
  const logs = column(set, 'relus').map((count) => Math.log(Math.max(1, count)));
  const alone =
    form === 'absolute'
      ? column(set, 'multi-scale')
      : column(set, 'robust').map((value, i) => value - RELU_WORTH * (logs[i] ?? 0));
  const rankings = WORTHS.map((worth) =>
    rankingOf(alone.map((value, i) => value + TIMES[form] * worth * (logs[i] ?? 0))),
  );
  const pairs = equalPairsOf(set);
  return sharesWon(pairs, outcomes(pairs, rankings, rankingOf(set.accuracies)), once(alone.length));
}

/** The place of the constant with the most pairs won in the mean over some benchmarks; of equals the smallest. */
function chosen(curves: readonly Curve[]): number {
  const means = WORTHS.map((_, w) => mean(curves.map(({ shares }) => shares[w] ?? 0)));
  return means.indexOf(Math.max(...means));
}

/** Given all sets; those of one benchmark count as one, by their mean. */
export function robustOf(sets: readonly EvidenceSet[]): RobustEvidence {
  const names = [...new Set(sets.map(({ benchmark }) => benchmark))];
  const zAlone = new Map(names.map((name) => [name, 0]));
  const curves = FORMS.flatMap((form) =>
    names.map((benchmark): Curve => {
      const own = sets.filter((set) => set.benchmark === benchmark).map((set) => sharesIn(set, form));
      const shares = WORTHS.map((_, w) => mean(own.map((all) => all[w] ?? Number.NaN)));
      if (form === 'absolute') zAlone.set(benchmark, shares[0] ?? Number.NaN);
      return { form, benchmark, shares };
    }),
  );
  const of = (form: Form): Curve[] => curves.filter((curve) => curve.form === form);
  const heldOut = FORMS.flatMap((form) =>
    of(form).map((tested): HeldOut => {
      const others = of(form).filter((curve) => curve !== tested);
      const place = chosen(others);
      return {
        form,
        chosenOn: others.map(({ benchmark }) => benchmark),
        worth: TIMES[form] * (WORTHS[place] ?? 0),
        testedOn: tested.benchmark,
        score: zAlone.get(tested.benchmark) ?? Number.NaN,
        tested: tested.shares[place] ?? Number.NaN,
      };
    }),
  );
  const best = (form: Form): number => TIMES[form] * (WORTHS[chosen(of(form))] ?? 0);
  return { curves, heldOut, best: { absolute: best('absolute'), mean: best('mean') } };
}
