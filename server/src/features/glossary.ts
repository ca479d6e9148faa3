/** The entries of docs/glossary.md that the editor leads to, by their anchors. */
export const GLOSSARY_ENTRIES = [
  'bottleneck',
  'budget',
  'coarse-to-fine',
  'deepmad',
  'detector',
  'entropy',
  'evaluation',
  'exact',
  'fan-in',
  'fpn',
  'head',
  'island',
  'layers',
  'macs',
  'memory',
  'mmcv',
  'nats',
  'neck',
  'population',
  'relaxation',
  'roi',
  'score',
  'space',
  'stage',
  'stem',
  'stride',
  'thop',
  'tinynas-count',
  'z',
  'zen-score',
] as const;
export type GlossaryEntry = (typeof GLOSSARY_ENTRIES)[number];

/** Where an entry can be read; undefined where the docs are not at hand. */
export type GlossaryAddress = (entry: GlossaryEntry) => string | undefined;

export const NO_GLOSSARY: GlossaryAddress = () => undefined;

/** A word as a link to what it means, or the plain word. */
export function explained(address: GlossaryAddress, entry: GlossaryEntry, word: string = entry): string {
  const found = address(entry);
  return found === undefined ? word : `[${word}](${found})`;
}

/** Which entries say more about a word of the language, with the names that they go by there. */
const ENTRIES: Readonly<Record<string, readonly (readonly [GlossaryEntry, string])[]>> = {
  algorithm: [
    ['relaxation', 'relaxation'],
    ['island', 'islands'],
  ],
  btn: [['bottleneck', 'bottleneck']],
  budget: [['budget', 'budget']],
  'coarse-to-fine': [['coarse-to-fine', 'coarse-to-fine']],
  detector: [['detector', 'detector']],
  entropy: [
    ['entropy', 'entropy'],
    ['score', 'score'],
    ['nats', 'nats'],
  ],
  estimator: [
    ['fan-in', 'fan-in'],
    ['exact', 'exact'],
  ],
  evaluations: [['evaluation', 'evaluation']],
  fpn: [['fpn', 'FPN']],
  head: [['head', 'head']],
  layers: [['layers', 'layers']],
  macs: [['macs', 'MACs']],
  memory: [['memory', 'memory']],
  mmcv: [['mmcv', 'mmcv']],
  neck: [['neck', 'neck']],
  objective: [
    ['score', 'score'],
    ['zen-score', 'Zen-Score'],
    ['deepmad', 'DeepMAD'],
  ],
  population: [['population', 'population']],
  rois: [['roi', 'RoI']],
  s: [['stride', 'stride']],
  score: [['score', 'score']],
  space: [['space', 'space']],
  stage: [['stage', 'stage']],
  stem: [['stem', 'stem']],
  thop: [['thop', 'thop']],
  tinynas: [['tinynas-count', 'tinynas count']],
};

/** «Glossary: entropy, score, nats.», each a link; nothing where there is nothing to read. */
export function readMore(address: GlossaryAddress, word: string): string | undefined {
  const links = (Object.hasOwn(ENTRIES, word) ? (ENTRIES[word] ?? []) : []).filter(
    ([entry]) => address(entry) !== undefined,
  );
  return links.length === 0
    ? undefined
    : `Glossary: ${links.map(([entry, name]) => explained(address, entry, name)).join(', ')}.`;
}
