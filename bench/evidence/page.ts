import type { ChangeEffect } from './blind-spots.ts';
import { accelDesign, macroDesign } from './codes.ts';
import type { BudgetResult, MeasureResult, SetResult } from './evaluate.ts';
import type { Evidence } from './evidence.ts';
import { interval, mega, percent, plain, share, table, whole } from './format.ts';
import { trustLimits } from './page-limits.ts';
import { secondOpinion } from './page-robust.ts';
import { mean } from './statistics.ts';

const of = ({ measures }: SetResult, name: string): MeasureResult => {
  const found = measures.find(({ measure }) => measure === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};

/** The page without what only a bootstrap gives. */
export const withoutIntervals = (page: string): string => page.replace(/ \(−?\.\d+ to −?\.\d+\)/g, '');

const intro = ({ results }: Evidence): string => `# Where the score can be trusted

Every score that needs no training fails somewhere. This page holds ours against ${whole(results.slice(0, 2).reduce((sum, { n }) => sum + n, 0) + Math.max(...results.slice(2).map(({ n }) => n)))} trainings
of networks that others published: NAS-Bench-Macro (CIFAR-10), Accel-NASBench (ImageNet) and the macro space of TransNAS-Bench-101 (seven tasks). Each network is
written as a design of [the language](language.md), and every number comes from the same analysis that the editor shows.

Made by \`npm run bench:evidence -- --write\`, held true by a test: do not edit it by hand. \`bench/data/README.md\` has the sources, licences and checksums; \`npm run bench:evidence -- --json FILE\`
writes τ and pairs for other programs. Nothing here was trained by us, and none of these networks is a detector: what follows is about accuracies of classifiers and of TransNAS's tasks.`;

const words = `## How to read it

- *τ* is Kendall's τ-b between a measure and the accuracy over all networks of a set, *ρ* Spearman's: 1 is the same order, 0 no relation, −1 the opposite order.
- *pairs* are all pairs of networks with equal macs: within 2 % of the larger, in TransNAS 5 %. The figure is the share in which the higher of the two is the more accurate; ties
  count one half, so that .5 is a coin. This is the question that a search within a budget asks.
- In parentheses: the middle 95 % of 200 bootstrap samples of the networks. They say how far the set, not the training, leaves a figure open.
- *multi-scale* is the score Z by [fan-in](glossary.md#fan-in) with α = 1, 1, 6 for C3, C4, C5 (NAS-Bench-Macro: C2, C3, C4, the stages it has), where stages that a network lacks are left out; *multi-scale-exact* is by the exact [closed form](glossary.md#closed-form), and
  *multi-scale-carried* gives the weight of missing stages to the last one. The other objectives are those of the language, by fan-in; *zen* is its closed-form stand-in. \`zen-measured\` is left out: it takes forward passes.
- [layers](glossary.md#layers), params, macs, activations and rho are costs of the design, and relus counts the outputs of activated convolutions. A higher cost counts as a better network.`;

function measureTable(result: SetResult): string {
  const rows = result.measures.map(({ measure, tau, rank, pairs }) => [
    measure,
    interval(tau),
    share(rank),
    interval(pairs),
  ]);
  return table(['measure', 'τ', 'ρ', 'pairs of equal macs'], rows);
}

function budgetTable({ budgets }: SetResult): string {
  const cells = (b: BudgetResult): string[] =>
    [b.score, b.mostMacs, b.random, b.oracle].map((value) => value.toFixed(2));
  return table(
    ['budget, M macs', 'designs', 'highest score', 'most macs', 'any', 'the best there are'],
    budgets.map((b) => [mega(b.macs), whole(b.designs), ...cells(b)]),
  );
}

/** How often the ten of the highest score are more accurate than others chosen within the same budget. */
const beats = ({ budgets }: SetResult, other: (b: BudgetResult) => number): string =>
  `${budgets.filter((b) => b.score > other(b)).length} of ${budgets.length}`;

function predicts({ results }: Evidence): string {
  const [macro, accel] = results;
  if (macro === undefined || accel === undefined) throw new Error('there are two sets of inverted blocks');
  const sentence = (set: SetResult): string => {
    const [z, layers] = [of(set, 'multi-scale'), of(set, 'layers')];
    const best = set.measures.toSorted((a, b) => b.pairs.value - a.pairs.value)[0];
    return `of ${whole(set.pairs)} pairs the score wins ${share(z.pairs.value)}, layers alone ${share(layers.pairs.value)}; the measure that wins most is ${best?.measure}, ${share(best?.pairs.value ?? Number.NaN)}`;
  };
  const counts = ['activations', 'params', 'layers', 'rho'];
  const worse = (name: string): number => Math.min(of(macro, name).pairs.value, of(accel, name).pairs.value);
  const safest = macro.measures.map(({ measure }) => measure).toSorted((a, b) => worse(b) - worse(a))[0] ?? '';
  const parts = [macro, accel].map(
    (set) => `### ${set.benchmark}

${whole(set.n)} networks, ${whole(set.pairs)} pairs of equal macs. The noise of the seeds allows a ceiling of τ = ${set.ceiling} (quoted, not computed here).

${measureTable(set)}

The mean accuracy (%) of the ten designs with the highest score within nine budgets, the deciles of macs, beside the ten with most macs, all designs, and the ten most accurate.
The score chooses better than most macs within ${beats(set, (b) => b.mostMacs)} budgets, and better than chance within ${beats(set, (b) => b.random)}.

${budgetTable(set)}`,
  );
  return `## Where it predicts: spaces of inverted blocks

Where all networks are inverted blocks on one ladder of widths, and differ in depth, kernel and expansion, the score orders two of three pairs of equal macs as training does. In NAS-Bench-Macro
${sentence(macro)}. In Accel-NASBench ${sentence(accel)}.

A single count may win more, but not the same one in both: ${counts.map((name) => `${name} wins ${share(of(macro, name).pairs.value)} and ${share(of(accel, name).pairs.value)}`).join(', ')}. Of all measures ${safest} has the best worse half of the two, ${share(worse(safest))}.

![Kendall's τ of every measure in the three benchmarks](pictures/evidence-tau.svg)

![The mean accuracy of ten designs within nine budgets](pictures/evidence-budgets.svg)

${parts.join('\n\n')}`;
}

function failsOn({ results }: Evidence): string {
  const tasks = results.slice(2);
  const names = tasks[0]?.measures.map(({ measure }) => measure) ?? [];
  const average = (name: string, pick: (m: MeasureResult) => number): string =>
    share(mean(tasks.map((set) => pick(of(set, name)))));
  const rows = names.map((name) => [
    name,
    ...tasks.map((set) => share(of(set, name).tau.value)),
    average(name, ({ tau }) => tau.value),
    average(name, ({ pairs }) => pairs.value),
  ]);
  const heads = tasks.map(({ id }) => id.replace('transnas-', ''));
  const z = average('multi-scale', ({ tau }) => tau.value);
  const carried = average('multi-scale-carried', ({ tau }) => tau.value);
  const detail = tasks.map((set) => {
    const figures = ['multi-scale', 'multi-scale-carried', 'layers', 'macs', 'activations'].map((name) =>
      interval(of(set, name).pairs),
    );
    return [set.id.replace('transnas-', ''), whole(set.n), ...figures];
  });
  const task = tasks.find(({ id }) => id.endsWith('class_object'));
  return `## Where it does not: TransNAS-Bench-101

Here networks differ in where they halve the resolution and double the channels, and many have no C5. With what is missing left out, the score's mean τ over the ${tasks.length} tasks is ${z}: it is higher for
networks that have more of the stages that it weighs, and the networks with less resolution are the worse ones. Where a missing stage's weight is carried over to the last stage the mean is ${carried}.
The costs that know the resolution do better than either: macs ${average('macs', ({ tau }) => tau.value)}, activations ${average('activations', ({ tau }) => tau.value)}.

τ by task, the mean over tasks, and the mean share of pairs of equal macs:

${table(['measure', ...heads, 'mean τ', 'mean pairs'], rows)}

Pairs of equal macs by task:

${table(['task', 'networks', 'multi-scale', 'multi-scale-carried', 'layers', 'macs', 'activations'], detail)}
${task === undefined ? '' : `\nThe ten designs with the highest score within nine budgets, object classification: better than most macs within ${beats(task, (b) => b.mostMacs)} budgets, better than chance within ${beats(task, (b) => b.random)}.\n\n${budgetTable(task)}`}`;
}

function blindSpots({ depth, changes, twice, favourites }: Evidence): string {
  const [macro, accel] = depth;
  const effects = changes.map(({ words: change, effect: { pairs, better, scored, right } }) => [
    change,
    whole(pairs),
    percent(better),
    percent(scored),
    percent(right),
  ]);
  const said = (change: number, pick: (effect: ChangeEffect) => number): string =>
    percent(pick(changes[change]?.effect ?? { pairs: 0, better: Number.NaN, scored: Number.NaN, right: Number.NaN }));
  const bias = depth.map(({ id, bias: { deeper, wonByDepth, wonAtDepth } }) => [
    id,
    percent(deeper),
    share(wonByDepth),
    share(wonAtDepth),
  ]);
  const [macroTwice, accelTwice] = twice;
  const liked = favourites.map(({ id, ten }) => [
    id,
    ten.layers.toFixed(1),
    String(ten.most),
    plain(ten.accuracy),
    plain(ten.best),
    percent(ten.above),
  ]);
  return `## What it cannot see

**Depth bias.** Every layer adds to log σ, so at equal macs the higher score is the deeper network: in ${percent(macro?.bias.deeper ?? Number.NaN)} of the pairs of NAS-Bench-Macro whose layers differ, and in ${percent(accel?.bias.deeper ?? Number.NaN)} of
Accel-NASBench's. Among pairs of equal macs and as many layers the score wins more of them:

${table(['set', 'the higher score is the deeper', 'pairs won, layers differ', 'pairs won, layers equal'], bias)}

**Width saturation, resolution, stride placement.** Pairs of TransNAS networks that differ by one change, over all tasks: how often the changed one is the more accurate, how often it has the
higher score, and how often the two agree (50 % is a coin).

${table(['change', 'pairs', 'more accurate', 'higher score', 'agree'], effects)}

Each doubling of the channels helps less often than the one before it (${said(0, ({ better }) => better)}, then ${said(1, ({ better }) => better)}), and the score rises as often (${said(0, ({ scored }) => scored)} and ${said(1, ({ scored }) => scored)}): a logarithm of the width never saturates. A further
halving of the resolution makes a network more accurate in ${said(2, ({ better }) => better)} of the pairs, and raises the score in ${said(2, ({ scored }) => scored)}, because it opens a stage. Where a halving stands it judges in ${said(3, ({ right }) => right)} of the pairs as training does.

**Blind to resolution.** The fan-in form does not know the size of the input: at twice the height and width a network of NAS-Bench-Macro has ${macroTwice?.macs.toFixed(0)} times the macs and ${macroTwice?.fanIn.toFixed(1)} [nats](glossary.md#nats) more, one of Accel-NASBench
${accelTwice?.macs.toFixed(0)} times and ${accelTwice?.fanIn.toFixed(1)}; the exact form, which knows the padding at the borders, ${macroTwice?.exact.toFixed(1)} and ${accelTwice?.exact.toFixed(1)} nats. So scores of designs with different inputs do not compare.

**The networks that the score likes best.** The ten of the highest score in a whole set: their layers in the mean and the most that any network has, their accuracy in the mean and the best of the set in the unit of its task, and the share of the set
that is less accurate.

${table(['set', 'layers', 'most', 'accuracy', 'best', 'of the set below'], liked)}`;
}

function budgetAdvice({ depth, capped }: Evidence): string {
  const rows = capped.flatMap(({ id, under }) =>
    under.map(({ macs, caps }) => [
      id,
      mega(macs),
      ...caps.map(({ layers, accuracy }) => `${accuracy.toFixed(2)} (${layers})`),
    ]),
  );
  const all = capped.flatMap(({ under }) => under);
  const helped = (place: number): number =>
    all.filter(({ caps }) => (caps[place]?.accuracy ?? 0) > (caps[0]?.accuracy ?? 0)).length;
  const gains = depth.map(
    ({ bias: { wonByDepth, wonAtDepth } }) => `${share(wonAtDepth)} instead of ${share(wonByDepth)}`,
  );
  return `## What that means for a budget

- **Fix the depth**, or compare designs of one depth: there the score wins ${gains.join(' and ')} of the pairs of equal macs.
- **Cap the layers.** \`layers <= N\` beside \`macs\` keeps a search from spending its budget on depth. Below: the mean accuracy (%) of the ten designs of the highest score within a budget
  of macs (its 3rd, 5th and 7th decile) without a cap, and with one at the 9th, 7th and 5th decile of the set's layers, which stands in parentheses. A mild cap, at the 9th decile, is better than none in ${helped(1)} of ${all.length}; one at the median in
  ${helped(3)} of ${all.length}: too low a cap costs more than the bias does.
- **Keep the strides and the input as they are.** The score says nothing of resolution; compare designs of the same input and the same ladder of strides, with all the stages that α names.
- **Do not read a verdict on two designs.** Even where the score predicts it is wrong in about one of three pairs of equal macs; it is a way to choose among many.

${table(['set', 'budget, M macs', 'no cap', '9th decile', '7th decile', '5th decile'], rows)}`;
}

function independent({ results, untied }: Evidence): string {
  const [macro, accel, ...tasks] = results;
  if (macro === undefined || accel === undefined) throw new Error('there are two sets of inverted blocks');
  const both = (set: SetResult, name: string): string =>
    `${share(of(set, name).tau.value)} and ${share(of(set, name).pairs.value)}`;
  const average = (name: string): string => share(mean(tasks.map((set) => of(set, name).tau.value)));
  const [macroUntied, accelUntied] = untied;
  return `## Beside an independent computation

A computation by other code, kept apart from this program, read the same networks from the same codes. Its τ and share of pairs are quoted:

${table(
  ['', 'independent', 'ours'],
  [
    ['NAS-Bench-Macro, Z', '.57 and .67', both(macro, 'multi-scale')],
    ['Accel-NASBench, Z', '.54 and .68', both(accel, 'multi-scale')],
    ['TransNAS, Z, missing stages left out (mean τ)', '−.24', average('multi-scale')],
    ['TransNAS, Z, carried over (mean τ)', '.36', average('multi-scale-carried')],
    ['NAS-Bench-Macro, layers', '.56 and .63', both(macro, 'layers')],
    ['Accel-NASBench, layers', '.46 and .65', both(accel, 'layers')],
  ],
)}

Ours counts a tie for one half. Without the pairs that a measure cannot tell apart, layers win ${share(macroUntied?.layers ?? Number.NaN)} and ${share(accelUntied?.layers ?? Number.NaN)}, and the score ${share(macroUntied?.score ?? Number.NaN)} and ${share(accelUntied?.score ?? Number.NaN)}, which
to two digits are the independent figures: those seem to leave ties out.`;
}

const written = `## How the networks are written

- **NAS-Bench-Macro**: [\`inverted\`](language.md) blocks on 3 × 32 × 32. An identity is no line at all; where it has to change the shape it is a strided 1×1 convolution without activation, as in the source. Params and macs of all 6,561 designs are those of the source, less its classifier.
  Where a network has a 5×5 kernel on its last feature map of 4×4 the editor warns of it; the source has it all the same.
- **Accel-NASBench**: a stage's first block is a line of its own, because each block expands its own input. Params of all designs are those of the source, less its classifier and one bias a channel where a squeeze-and-excitation has BatchNorm in our blocks;
  so are the macs of all designs without squeeze-and-excitation, when 4 operations for each element of a norm and the last pooling are taken off, which the source counts. Its macs of squeeze-and-excitation are not held to anything.
- **TransNAS-Bench-101**: \`basic\` blocks, the stride on the first convolution, a strided 1×1 as shortcut. The data has no counts, so that nothing holds these designs to their source.
- An \`inverted\` block of ours has an activation behind its last convolution where MobileNetV2's has none. No measure of this page sees it: neither the closed forms by fan-in nor the costs in the tables count activations of that kind.

One network of each of the first two, as a design:

\`\`\`mae
DESIGNS\`\`\``;

/** docs/evidence.md as it has to be. */
export function evidencePage(evidence: Evidence, print: (design: ReturnType<typeof macroDesign>) => string): string {
  const designs = [macroDesign('01221011'), accelDesign('6310452063306531652013201320')].map(print).join('\n');
  const parts = [
    intro(evidence),
    words,
    predicts(evidence),
    failsOn(evidence),
    blindSpots(evidence),
    trustLimits(evidence),
    secondOpinion(evidence),
    budgetAdvice(evidence),
    independent(evidence),
    written.replace('DESIGNS', designs),
  ];
  return `${parts.join('\n\n')}\n`;
}
