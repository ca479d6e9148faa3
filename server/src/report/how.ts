import { costNamed, limitedCosts } from '../cost/registry.ts';
import { allObjectives } from '../entropy/objectives/registry.ts';
import { scoreName } from '../features/score-text.ts';
import { html, type Markup } from './html.ts';
import { note, part, section } from './parts.ts';

/** What each kind of number is, and how it was got. */
const ENTROPIES: readonly (readonly [string, string])[] = [
  [
    'H fan-in',
    'Closed form, as TinyNAS scores: the sum of ½ log(fan-in) over the convolutions up to the end of the stage, plus log(channels), in nats. Shortcuts, squeeze-and-excitation, norms and activations are left out, and padding is not known.',
  ],
  [
    'H exact',
    'Closed form, exact: the expected variance of a feature map with random weights, zero padding at the borders included, for a linear network.',
  ],
  [
    'log σ relu',
    'Closed form: the mean and the standard deviation, over random weights, of what one measurement of a ReLU network of these widths gives. Where the theory of finite widths has no term there is the mean alone.',
  ],
];

const OTHERS: readonly (readonly [string, string])[] = [
  ['cost', 'Counted from the shapes of the network, operator by operator: exact integers, but for rho and times.'],
  [
    'detector',
    'The parts of a detector add up to the whole. A head counts at each of its levels; macs are those of convolutions and linear layers, thop adds biases and BatchNorm, mmcv GroupNorm, ReLUs and pools.',
  ],
  [
    'milliseconds',
    'Predicted from the profile of a device that lies beside the file: times of operators, measured on that device once.',
  ],
  ['budget', 'The cost beside the limit that the file gives. What is left is their difference.'],
  [
    'bound',
    'What no design within the budget can exceed, and what more of it would buy: from a relaxation, before anything is searched. It is a statement about the space of the search alone.',
  ],
  ['Pareto front', 'The designs of the file of the front, each scored and counted again for this page.'],
];

/** How every number of the page was got, in words that need no other page. */
export const how = (measured: boolean): Markup =>
  section(
    'how',
    'How each number was got',
    part('Entropy', definitions(ENTROPIES)),
    part(
      'Scores',
      definitions(allObjectives().map((objective) => [scoreName(objective), `${objective.doc}.`] as const)),
    ),
    part(
      'Costs',
      definitions(limitedCosts().map((name) => [name, `${costNamed(name)?.doc} ${costNamed(name)?.formula}`] as const)),
    ),
    part('The rest', definitions(OTHERS)),
    note(
      measured
        ? 'What stands under Measured was measured, and all else computed: '
        : 'Nothing on this page was measured or trained, and all of it computed: ',
      'the same files give the same page. mae measure runs the networks with random weights and holds the predictions against that.',
    ),
  );

const definitions = (entries: readonly (readonly [string, string])[]): Markup =>
  html`<dl>${entries.map(([name, words]) => html`<dt>${name}</dt><dd>${words}</dd>\n`)}</dl>\n`;
