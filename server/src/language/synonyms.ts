import { allArguments, allBlocks } from '../backbone/blocks.ts';
import { allCosts } from '../cost/registry.ts';
import type { SettingName } from './search-settings.ts';
import type { SpaceWordName } from './space-words.ts';

/**
 * What deep learning calls the words of this language: PyTorch, Keras, timm, mmdetection, the papers. Written in lower
 * case without `_` and `-`. A word without a meaning here is listed with none, so that its letters say nothing.
 */
type Meanings<Name extends string> = Readonly<Record<string, readonly Name[]>>;

/** A meaning and every word for it, turned round. */
export function table<Name extends string>(rows: readonly (readonly [readonly Name[], string])[]): Meanings<Name> {
  return Object.fromEntries(
    rows.flatMap(([names, words]) =>
      words
        .split(/\s+/)
        .filter((word) => word !== '')
        .map((word) => [word, names]),
    ),
  );
}

/** Words that may mean several blocks, or none that there is: their letters say nothing. */
const OTHER_BLOCKS: readonly (readonly [readonly string[], string])[] = [
  [['basic', 'bottleneck'], 'resblock resnetblock residual residualblock res resunit residualunit'],
  [
    [],
    'fusedmbconv fusedinverted avgpool avgpool2d averagepool globalavgpool adaptiveavgpool2d linear fc dense attention',
  ],
  [[], 'transformer upsample concat dropout c3 c2f csp cspblock elan ghost sppf spp focus identity flatten norm'],
];

/** What others call each block, as the blocks themselves say. */
export const blockSynonyms = (): Meanings<string> =>
  table([...allBlocks().map(({ name, synonyms }) => [[name], synonyms] as const), ...OTHER_BLOCKS]);

/** What others call each argument, as the arguments themselves say. */
export const argumentSynonyms = (): Meanings<string> =>
  table(allArguments().map(({ name, synonyms = '' }) => [[name], synonyms] as const));

/** A factor instead of a width. */
export const EXPANSIONS = [
  'expansion',
  'expand',
  'expandratio',
  'expansionratio',
  'expansionfactor',
  'expratio',
  'er',
  'exp',
  'e',
  't',
];

/** The number of blocks, which stands behind the parenthesis. */
export const REPEATS = [
  ...['numblocks', 'nblocks', 'blocks', 'block', 'repeats', 'repeat', 'numrepeats', 'times', 'number', 'num', 'count'],
  ...['n', 'depth', 'depths', 'layers', 'numlayers', 'nlayers', 'l', 'units', 'numunits', 'stages'],
];

/** What is not an argument here because it is always so. */
export const FIXED: readonly { readonly words: readonly string[]; readonly why: string }[] = [
  {
    words: ['relu', 'relu6', 'silu', 'swish', 'hswish', 'gelu', 'leakyrelu'],
    why: 'Activations stand behind act, such as act: silu',
  },
  {
    words: ['norm', 'normlayer', 'normcfg', 'bn', 'batchnorm', 'bias', 'usebias'],
    why: 'Every convolution has BatchNorm and no bias',
  },
  { words: ['padding', 'pad', 'pads', 'p', 'autopad', 'paddingmode'], why: 'The padding is (k − 1) / 2' },
  {
    words: [
      'in',
      'inp',
      'inchannels',
      'inchannel',
      'inch',
      'inplanes',
      'infeatures',
      'cin',
      'ic',
      'c1',
      'inputchannels',
    ],
    why: 'The input channels are what the group before gives',
  },
  {
    words: ['dropout', 'drop', 'droppath', 'droprate', 'droppathrate', 'dropconnect', 'survival'],
    why: 'Nothing is dropped',
  },
];

export const VALUE_SYNONYMS: Meanings<string> = table<string>([
  [['yes'], 'true 1 y t enabled'],
  [['no'], 'false off 0 n f none null disabled'],
  [['pool'], 'avg avgpool average averagepool averagepooling'],
  [['conv'], 'conv1x1 projection project convolution'],
  [['first'], 'conv1 one 1st'],
  [['second'], 'conv2 two 2nd last'],
]);

/** What others call each cost, as the costs themselves say. */
export const costSynonyms = (): Meanings<string> =>
  table(allCosts().flatMap(({ name, synonyms, limit }) => (limit === undefined ? [] : [[[name], synonyms] as const])));

/** Costs whose name says the unit of their number. */
export const COST_UNITS: Readonly<Record<string, string>> = {
  gmacs: 'G',
  gflops: 'G',
  gflop: 'G',
  mmacs: 'M',
  mflops: 'M',
  mflop: 'M',
  mparams: 'M',
};

export const SETTING_SYNONYMS = table<SettingName | 'start' | 'within'>([
  [
    ['evaluations'],
    'evaluation evals eval numevals nevals iterations iteration iters iter niter maxiter maxiters trials ntrials numtrials steps',
  ],
  [['evaluations'], 'samples numsamples candidates'],
  [['population'], 'pop popsize populationsize npop numpop poplen'],
  [['seed'], 'randomseed rng rngseed randomstate manualseed'],
  [['time-limit'], 'timeout time maxtime timebudget walltime duration'],
  [['plateau'], 'patience earlystop earlystopping stagnation noimprovement'],
  [['prove'], 'proof proven certify certificate optimal optimality'],
  [['space'], 'searchspace designspace preset'],
  [['objective'], 'metric goal target fitness proxy scorefunction scorer'],
  [['minimise'], 'min minimize reduce'],
  [['algorithm'], 'algo method optimizer optimiser strategy searcher'],
  [['coarse-to-fine'], 'coarse fine coarsefine'],
  [['within'], 'budget budgets limit limits constraint constraints under bound'],
  [['start'], 'from init initial initialise initialize base network net model backbone begin'],
]);

export const SPACE_SYNONYMS = table<SpaceWordName>([
  [['out'], 'width widths channels channel outchannels maxchannels c planes filters'],
  [['btn'], 'bottleneck bottlenecks mid midchannels hidden inner'],
  [['k'], 'kernel kernels kernelsize kernelsizes ks'],
  [['depth'], 'depths blocksperstage numblocks repeats repeat n layers maxdepth'],
  [['blocks'], 'block types type blocktypes ops operations choices'],
  [['like'], 'extends extend base preset from inherit inherits'],
  [['keep'], 'fix fixed freeze frozen lock locked hold const constant'],
  [['growth'], 'maxgrowth grow growthrate'],
  [['monotone'], 'monotonic increasing nondecreasing'],
  [['squeeze'], 'bottleneckratio ratio reduction'],
  [['expansion'], 'maxexpansion expand expandratio'],
]);

export const STATEMENT_SYNONYMS = table<'input' | 'entropy' | 'stem' | 'stage' | 'node' | 'output' | 'within'>([
  [['input'], 'inputs inputsize inputshape size shape resolution image imagesize imgsize res'],
  [['entropy'], 'weights weight alpha alphas entropies score'],
  [['stem'], 'stems root head0 conv1 firstconv'],
  [['stage'], 'stages layer layers block blocks group level'],
  [['node'], 'nodes vertex vertices'],
  [['output'], 'outputs outs outindices outfeatures endpoints returns'],
  [['within'], 'limit limits constraint constraints under'],
]);

export const DETECTOR_SYNONYMS = table<'backbone' | 'input' | 'classes' | 'within' | 'neck' | 'head'>([
  [['backbone'], 'backbones basenet trunk encoder bodynet body'],
  [['input'], 'inputs inputsize inputshape size shape resolution image imagesize imgsize imgscale res'],
  [['classes'], 'class numclasses nclasses nc numclass categories numcategories classnames labels'],
  [['within'], 'budgets limit limits constraint constraints under'],
  [['neck'], 'necks neckcfg'],
  [['head'], 'heads bboxhead roihead maskhead rpnhead densehead detectionhead detect decoder dethead'],
]);

export const DECLARATION_SYNONYMS = table<'backbone' | 'detector' | 'budget' | 'search' | 'space'>([
  [['backbone'], 'backbones network net model architecture arch module class cnn'],
  [['detector'], 'detectors detection det'],
  [['budget'], 'budgets limit limits constraint constraints'],
  [['space'], 'spaces searchspace designspace'],
  [['search'], 'searches nas evolve evolution optimise optimize optimisation optimization'],
]);
