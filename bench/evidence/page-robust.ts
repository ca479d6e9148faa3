import { RELU_WORTH } from '../../server/src/entropy/objectives/robust.ts';
import type { Evidence } from './evidence.ts';
import { share, table } from './format.ts';
import { type Form, WORTHS } from './robust.ts';
import { mean } from './statistics.ts';

const WORDS: Readonly<Record<Form, string>> = { absolute: 'Z + c · ln E', mean: 'Z / Σα + c · ln E' };

/** A share of the pairs that is worth no word. */
const NOTHING = 0.005;

/** A second opinion, and whether its constant holds where it was not chosen. */
export function secondOpinion({ robust: { curves, heldOut, best } }: Evidence): string {
  const rows = curves.map(({ form, benchmark, shares }) => [
    WORDS[form],
    benchmark,
    ...shares.map((value) => share(value)),
  ]);
  const held = heldOut.map(({ form, chosenOn, worth, testedOn, score, tested }) => [
    WORDS[form],
    chosenOn.join(', '),
    String(worth),
    testedOn,
    share(score),
    share(tested),
  ]);
  const own = heldOut.filter(({ form }) => form === 'mean');
  const helped = own.filter(({ score, tested }) => tested > score + NOTHING);
  const hurt = own.filter(({ score, tested }) => tested < score - NOTHING);
  const same = own.filter((one) => !helped.includes(one) && !hurt.includes(one));
  const names = (of: readonly { readonly testedOn: string }[]): string =>
    of.length === 0 ? 'none' : of.map(({ testedOn }) => testedOn).join(' and ');
  const place = WORTHS.indexOf(RELU_WORTH);
  const at = (w: number, form: Form = 'mean'): number =>
    mean(curves.filter((curve) => curve.form === form).map(({ shares }) => shares[w] ?? Number.NaN));
  const shipped = curves
    .filter(({ form }) => form === 'mean')
    .map(({ benchmark, shares }) => {
      const z = curves.find((curve) => curve.form === 'absolute' && curve.benchmark === benchmark)?.shares[0];
      return `${benchmark} ${share(z ?? Number.NaN)} → ${share(shares[place] ?? Number.NaN)}`;
    });
  return `## A second opinion: \`robust\`

The objective \`robust\` adds the logarithm of the ReLU elements E, the outputs of the convolutions that an activation follows, to the mean [entropy](glossary.md#entropy) of the stages: Z / Σα + ${RELU_WORTH} · ln E, with α of the stages there are. ReLU elements know of the
resolution what Z does not. One constant has to serve networks of all sizes; so here is what each would give, the share of the pairs of equal macs (TransNAS: the mean over its tasks), also for the plainer Z + c · ln E, whose c is 8 times as large in each column
because α sums to 8:

${table(['form', 'benchmark', ...WORTHS.map((worth) => `c = ${worth}`)], rows)}

![The pairs that robust wins, by its constant](pictures/evidence-robust.svg)

**Held to what it was not chosen on.** The constant that wins most pairs in the mean of two benchmarks, tested on the third:

${table(['form', 'chosen on', 'c', 'tested on', 'Z alone', 'with it'], held)}

A constant chosen elsewhere helps in ${names(helped)}; it changes nothing in ${names(same)}, and hurts in ${names(hurt)}. In Accel-NASBench more ReLU elements at equal macs mean a worse network, in the other two a better one: no constant of either form serves both, and no choice by two benchmarks
foretells the third. The program has c = ${RELU_WORTH}, which wins most in the mean of all three (${share(at(place))} of the pairs, Z ${share(at(0, 'absolute'))}; the best of the grid is ${best.mean}): ${shipped.join(', ')}. That is chosen on the same data, and no promise. Use it as what it is
called: where Z and \`robust\` agree on two designs there are two reasons, where they differ, neither is a reason against the other. It can be searched; it is no sum over groups, so that no bound is known for it.`;
}
