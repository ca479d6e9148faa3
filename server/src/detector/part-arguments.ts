import type { ChoiceArgument, FlagArgument, NumberArgument } from '../backbone/arguments.ts';
import { CHANNELS } from '../backbone/arguments.ts';
import type { PartValues } from './detector.ts';
import type { LevelsArgument } from './part-definition.ts';

/** The value of a number argument. The language has filled in what is not written. */
export const numberOf = (values: PartValues, name: string): number => {
  const value = values[name];
  if (typeof value !== 'number') throw new Error(`a part has no number ${name}`);
  return value;
};

/** The value of a choice or a flag. */
export const wordOf = (values: PartValues, name: string): string => String(values[name]);

export const isYes = (values: PartValues, name: string): boolean => values[name] === 'yes';

/** What a neck reads. */
export const from = (stages: string, single = false): LevelsArgument => ({
  name: 'from',
  type: 'levels',
  doc: single
    ? 'The output of the backbone that is read.'
    : 'The outputs of the backbone that are read, from the finest to the coarsest, such as C3..C5.',
  synonyms: 'inputs infeatures instages startlevel endlevel featmaps featurelevels',
  default: stages,
  single,
});

export const out = (usual: number): NumberArgument => ({
  name: 'out',
  type: 'number',
  rule: { ...CHANNELS, what: 'out' },
  doc: 'Channels of every level that the neck hands on.',
  formula: 'macs of a level grow with in · out and k² · out²',
  usual: [usual, 64, 128, 256],
  default: usual,
  synonyms: 'outchannels channels channel ch c dim width',
});

export const width = (doc: string, usual = 256): NumberArgument => ({
  name: 'width',
  type: 'number',
  rule: { ...CHANNELS, what: 'width' },
  doc,
  formula: 'macs of a layer = k² · width² · positions',
  usual: [usual, 64, 128, 256],
  default: usual,
  synonyms: 'featchannels featchannel channels hidden hiddendim out fcoutchannels convoutchannels',
});

export const count = (name: string, doc: string, usual: number, synonyms: string, least = 0): NumberArgument => ({
  name,
  type: 'number',
  rule: { what: name, min: least, max: 64, whole: true },
  doc,
  usual: [...new Set([usual, 1, 2, 4])],
  default: usual,
  synonyms,
});

export const CONVS = (usual: number): NumberArgument =>
  count('convs', 'How many 3×3 convolutions stand in a tower.', usual, 'stackedconvs numconvs nconvs layers depth');

export const LEVELS: NumberArgument = {
  ...count(
    'levels',
    'How many levels the neck hands on; those beyond what it reads are made coarser.',
    5,
    'numouts numlevels nlevels outs',
    1,
  ),
  rule: { what: 'levels', min: 1, max: 10, whole: true },
  usual: [5, 4, 3],
};

export const anchors = (usual: number): NumberArgument => ({
  ...count('anchors', 'Boxes that are tried at every position.', usual, 'numanchors nanchors anchorscount', 1),
  rule: { what: 'anchors', min: 1, max: 1000, whole: true },
});

export const rois = (usual: number): NumberArgument => ({
  name: 'rois',
  type: 'number',
  rule: { what: 'rois', min: 1, max: 100_000, whole: true },
  doc: 'Regions of interest that the head looks at: its cost grows with them.',
  usual: [usual, 100, 1000],
  default: usual,
  synonyms: 'regions proposals numproposals numrois maxperimg',
});

export const EXTRA: ChoiceArgument = {
  name: 'extra',
  type: 'choice',
  values: {
    'on-output': '3×3 convolutions with stride 2 behind the coarsest level (GFL, FCOS)',
    'on-input': 'the same behind the coarsest output of the backbone (RetinaNet)',
    pool: 'every second position of the coarsest level (Mask R-CNN)',
  },
  default: 'on-output',
  doc: 'What further levels are made of.',
  synonyms: 'addextraconvs extraconvs extralevels',
};

export const flag = (name: string, doc: string, yes: string, no: string, synonyms = ''): FlagArgument => ({
  name,
  type: 'flag',
  values: { yes, no },
  default: 'no',
  doc,
  synonyms,
});
