import type { BlockKind } from '../backbone/backbone.ts';
import type { CostName } from '../cost/budget.ts';
import type { SettingName } from './search-settings.ts';
import type { ArgumentName } from './vocabulary.ts';

/**
 * What deep learning calls the words of this language: PyTorch, Keras, timm, mmdetection, the papers. Written in lower
 * case without `_` and `-`. A word without a meaning here is listed with none, so that its letters say nothing.
 */
type Meanings<Name extends string> = Readonly<Record<string, readonly Name[]>>;

/** A meaning and every word for it, turned round. */
function table<Name extends string>(rows: readonly (readonly [readonly Name[], string])[]): Meanings<Name> {
  return Object.fromEntries(rows.flatMap(([names, words]) => words.split(/\s+/).map((word) => [word, names])));
}

export const BLOCK_SYNONYMS = table<BlockKind>([
  [
    ['conv'],
    'conv2d convolution convolution2d convbn convbnrelu convbnact convnormact convmodule basicconv cbr cba cbs',
  ],
  [['conv'], 'convkxbnrelu superconvk3bnrelu conv3x3 conv1x1 conv7x7 pointwise'],
  [
    ['bottleneck'],
    'bottleneckblock resbottleneck resnetbottleneck bottleneckresidual resk1kxk1 superresk1kxk1 superresk1k3k1',
  ],
  [['basic'], 'basicblock resbasic resnetbasic reskxkx superreskxkx superresk3k3'],
  [['basic', 'bottleneck'], 'resblock resnetblock residual residualblock res resunit residualunit'],
  [['inverted'], 'mbconv mbconvblock mbblock mbv2 mbv2block mobilenetblock mobilenetv2block invertedresidual'],
  [
    ['inverted'],
    'invertedbottleneck invertedresidualblock invres ir irblock irf linearbottleneck resk1dwk1 superresk1dwk1',
  ],
  [['inverted'], 'depthwise depthwiseconv dwconv dw dwsconv depthwiseseparable separable separableconv sepconv dsconv'],
  [['k1kx'], 'resk1kx superresk1kx k1kxblock damoblock damo'],
  [['maxpool'], 'maxpool2d maxpooling maxpooling2d pool pool2d pooling mp'],
  [
    [],
    'fusedmbconv fusedinverted avgpool avgpool2d averagepool globalavgpool adaptiveavgpool2d linear fc dense attention',
  ],
  [
    [],
    'transformer upsample concat dropout c3 c2f csp cspblock elan ghost shuffle sppf spp focus identity flatten norm',
  ],
]);

export const ARGUMENT_SYNONYMS = table<ArgumentName>([
  [['s'], 'stride strides downsample downsampling'],
  [['k'], 'kernel kernels kernelsize ksize ks kern window windowsize filtersize poolsize'],
  [['out'], 'outchannels outchannel outch outc cout oc channels channel ch c filters numfilters width widths planes'],
  [['out'], 'outplanes features outfeatures numfeatures outputs output outputchannels dim outdim embeddim c2 o nout'],
  [['btn'], 'bottleneck bottleneckchannels bottleneckwidth neck hidden hiddendim hiddenchannels hiddenfeatures mid'],
  [
    ['btn'],
    'midchannels midplanes middle inner innerchannels innerplanes interchannels expchannels expandchannels expsize',
  ],
  [['se'], 'usese seratio squeeze squeezeexcite squeezeexcitation squeezeandexcitation selayer semodule withse'],
  [['shortcut'], 'skip residual downsampletype shortcuttype projection'],
  [['strided'], 'stridedconv'],
]);

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
    words: [
      'act',
      'acts',
      'actlayer',
      'activation',
      'actcfg',
      'nonlinearity',
      'relu',
      'relu6',
      'silu',
      'swish',
      'hswish',
      'gelu',
      'leakyrelu',
    ],
    why: 'Activations are ReLU everywhere',
  },
  {
    words: ['norm', 'normlayer', 'normcfg', 'bn', 'batchnorm', 'bias', 'usebias'],
    why: 'Every convolution has BatchNorm and no bias',
  },
  {
    words: ['groups', 'group', 'g', 'cardinality', 'numgroups', 'groupwidth', 'basewidth'],
    why: 'Only the k×k convolution of inverted is grouped, and that is depthwise',
  },
  { words: ['dilation', 'dilations', 'dilate', 'd', 'rate', 'atrous'], why: 'No convolution is dilated' },
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

export const COST_SYNONYMS = table<CostName>([
  [
    ['macs'],
    'mac gmacs mmacs flop flops gflops mflops gflop mflop madd madds multadds multiplyadds multiplyaccumulates compute',
  ],
  [['params'], 'param parameter parameters nparams numparams weights mparams modelsize size'],
  [['layers'], 'layer depth numlayers nlayers convs convolutions'],
  [['memory'], 'mem ram vram activations activationmemory peakmemory footprint'],
]);

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
  [['space'], 'searchspace designspace preset'],
  [['objective'], 'metric goal target fitness proxy scorefunction scorer'],
  [['minimise'], 'min minimize reduce'],
  [['algorithm'], 'algo method optimizer optimiser strategy searcher'],
  [['coarse-to-fine'], 'coarse fine coarsefine'],
  [['within'], 'budget budgets limit limits constraint constraints under bound'],
  [['start'], 'from init initial initialise initialize base network net model backbone begin'],
]);

export const STATEMENT_SYNONYMS = table<'input' | 'entropy' | 'stem' | 'stage' | 'within'>([
  [['input'], 'inputs inputsize inputshape size shape resolution image imagesize imgsize res'],
  [['entropy'], 'weights weight alpha alphas entropies score'],
  [['stem'], 'stems root head0 conv1 firstconv'],
  [['stage'], 'stages layer layers block blocks group level'],
  [['within'], 'limit limits constraint constraints under'],
]);

export const DECLARATION_SYNONYMS = table<'backbone' | 'budget' | 'search'>([
  [['backbone'], 'backbones network net model architecture arch module class cnn'],
  [['budget'], 'budgets limit limits constraint constraints'],
  [['search'], 'searches nas evolve evolution optimise optimize optimisation optimization'],
]);
