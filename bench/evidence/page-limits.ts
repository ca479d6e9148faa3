import { printBackbone } from '../../server/src/language/print.ts';
import type { Evidence } from './evidence.ts';
import { plain, share, table, whole } from './format.ts';
import type { Band, Looks } from './limits.ts';

const bandRow = (band: Band, digits: number): string[] => [
  `${band.from.toFixed(digits)} to ${band.to.toFixed(digits)}`,
  whole(band.pairs),
  share(band.won),
];

const looksRow = ({ name, depth, layers, narrowest, growth, rho, score, design }: Looks): string[] => [
  name,
  String(depth),
  String(layers),
  narrowest.toFixed(2),
  growth.toFixed(1),
  rho.toFixed(2),
  design === undefined || score === undefined ? '–' : score.toFixed(1),
];

/** The first and last of the found designs, of the budgets S and L. */
const shown = (looks: readonly Looks[]): string =>
  [looks.at(0), looks.at(-1)]
    .flatMap((one) =>
      one?.design === undefined ? [] : [printBackbone({ ...one.design, name: one.name.replace(/\W+/g, '_') })],
    )
    .join('\n');

const ends = (of: readonly Band[] | undefined): string =>
  `${share(of?.at(0)?.won ?? Number.NaN)} in the first fifth, ${share(of?.at(-1)?.won ?? Number.NaN)} in the last`;

/** Within which limits the score keeps its promise, and what `sound` makes of that. */
export function trustLimits({ bands, liked, looks }: Evidence): string {
  const rows = liked.flatMap(({ id, counts }) =>
    counts.map(({ count, accuracy, best, any, layers, rho }) => [
      id,
      String(count),
      plain(accuracy),
      plain(best),
      plain(any),
      layers.toFixed(1),
      rho.toFixed(2),
    ]),
  );
  const byBand = bands.map(
    ({ id, layers, rho }) => `${id}:

${table(
  ['layers', 'pairs', 'won'],
  layers.map((band) => bandRow(band, 0)),
)}

${table(
  ['ρ', 'pairs', 'won'],
  rho.map((band) => bandRow(band, 2)),
)}`,
  );
  const head = ['network', 'deepest stage', 'layers', 'least btn / out', 'most out / in', 'ρ', 'Z'];
  const isProven = [...looks.paper, ...looks.sound].every(({ proven }) => proven === true);
  return `## Within which limits

A search looks for the highest score, and so for what the score likes too much: the better it searches, the more of that it finds. Inside the benchmarks nothing of the kind is to be
found, because their networks are all of one build; outside, nothing was trained. Both are shown here.

**The networks that the score likes best**, so many of each set, beside as many of the most accurate, and beside all:

${table(['set', 'networks', 'accuracy', 'the best there are', 'any', 'layers', 'ρ'], rows)}

**By depth and by ρ.** Each set is cut into fifths by [layers](glossary.md#layers), and by \`rho\`, depth over width ([method.md](method.md)). A pair of equal macs belongs where the larger of its two stands.

![The pairs that the score wins by layers and by ρ](pictures/evidence-limits.svg)

${byBand.join('\n\n')}

Depth alone is no limit inside these sets: among the deepest fifth the score wins ${bands.map(({ layers }) => share(layers.at(-1)?.won ?? Number.NaN)).join(' and ')} of the pairs. More ρ is worse for it in Accel-NASBench (${ends(bands[1]?.rho)}) and better in
NAS-Bench-Macro (${ends(bands[0]?.rho)}), which has no ρ above ${bands[0]?.rho.at(-1)?.to.toFixed(2)}. So the data names no depth and no ρ from which on the score fails; it ends at the greatest that was trained.

**What was trained, and what a perfect search finds.** Blocks in the deepest stage, layers, the narrowest block (btn / out; an \`inverted\` one without btn has what it reads), the widest step from a group to the next, and ρ.
The last rows are the best designs there are within the budgets of MAE-DET-S, -M and -L (their [TinyNAS](glossary.md#tinynas) count, params and layers), from one small start, in the spaces \`paper\` and \`sound\`${isProven ? '; every one is proven' : ''}:

${table(head, [...looks.data, ...looks.trained, ...looks.paper, ...looks.sound].map(looksRow))}

In \`paper\` the optimum stands at the limits: up to 16 basic blocks to a stage around a few channels, unlike any of the trained networks above. In \`sound\` it stands at the limits too, of depth and of growth, because the score
always wants more; but there it looks like what was trained. Its score is lower, and what that is worth in accuracy nobody measured. The designs for S and L in either space:

\`\`\`mae
${shown(looks.paper)}
${shown(looks.sound)}\`\`\`

### The space \`sound\`

[\`spaces/sound.mae\`](../spaces/sound.mae) has these limits; [language.md](language.md#spaces) says what each line means.

| limit | rests on |
| --- | --- |
| \`depth 1..7\` | the data: where the score predicts the deepest stage has ${Math.max(...looks.data.slice(0, 2).map(({ depth }) => depth))} blocks, as MobileNetV2's (the limit is for each line of a stage) |
| \`growth 2\` | the data: no group of blocks is more than ${Math.max(...looks.data.map(({ growth }) => growth)).toFixed(1)} times as wide as what it reads |
| \`k own, 3, 5\`, \`inverted-expansion 6\` | the data: its kernels and expansions |
| \`stem ..64\` | the data has 32 where the score predicts, 64 in TransNAS; ResNets have 64 |
| \`squeeze 4\` | what trained networks look like: ResNet-50 and -101. The data has no block narrower than ${Math.min(...looks.data.map(({ narrowest }) => narrowest)).toFixed(2)} of its output, and says nothing of bottlenecks |
| \`blocks own\` | caution: the data has one kind of block in each set, so that nothing compares kinds |

Some good networks lie outside: ResNet-101, RegNetX-400MF and MAE-DET-S, -M and -L are deeper, the latter have narrower bottlenecks, and ResNet-50 goes from 64 to 256 channels in its first stage. That they were trained well is known; that the score
orders their like is not. A space limits lines and not a whole network: what the data covers ends at ${Math.max(...looks.data.map(({ layers }) => layers))} layers and at ρ ${Math.max(...looks.data.map(({ rho }) => rho)).toFixed(2)}, and \`layers <=\` and \`rho <=\` in a budget say so.`;
}
