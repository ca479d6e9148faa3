import { limitedCosts } from '../cost/registry.ts';
import { allObjectives, objectiveNames } from '../entropy/objectives/registry.ts';
import { ALGORITHMS, DEFAULT_TASK, ESTIMATORS, MEASURED_TASK } from '../search/task.ts';
import { DEFAULT_SPACE, PRESET_NAMES } from '../space/presets.ts';
import type { NumberRule } from './quantity.ts';

interface AnySetting {
  readonly doc: string;
  /** What holds when the setting is not written, where that is no value of its own. */
  readonly absent?: string;
}

export interface NumberSetting extends AnySetting {
  readonly type: 'number';
  readonly rule: NumberRule;
  readonly default?: number;
  readonly usual: readonly string[];
  /** Written between name and value: `score >= 2090`. */
  readonly sign?: '>=';
}

export interface WordSetting extends AnySetting {
  /** A name may be one that the file declares as well. */
  readonly type: 'word' | 'cost' | 'name';
  readonly values: readonly string[];
  readonly default?: string;
}

export type Setting = NumberSetting | WordSetting;

/** The settings of a search beside `start` and `within`. */
export const SEARCH_SETTINGS = {
  space: {
    type: 'name',
    get values(): readonly string[] {
      return PRESET_NAMES;
    },
    default: DEFAULT_SPACE.name,
    doc: 'Where is looked: in a space of this file, under the released constraints (tinynas), in what is wide enough for the published networks (paper), or in what trained networks vouch for (sound).',
  },
  evaluations: {
    type: 'number',
    rule: { what: 'evaluations', min: 1, max: 1e9, whole: true },
    default: DEFAULT_TASK.evaluations,
    doc: `How many candidates are computed, feasible or not; with the objective zen-measured how many designs are measured, ${MEASURED_TASK.evaluations} when left out.`,
    usual: ['20000', '96000'],
  },
  population: {
    type: 'number',
    rule: { what: 'population', min: 2, max: 65_536, whole: true },
    default: DEFAULT_TASK.population,
    doc: `How many designs live at a time; ${MEASURED_TASK.population} when left out with the objective zen-measured.`,
    usual: ['256', '512'],
  },
  'coarse-to-fine': {
    type: 'number',
    rule: { what: 'coarse-to-fine', min: 0, max: 1, whole: false, unit: 'percent' },
    default: DEFAULT_TASK.coarseToFine,
    doc: 'Share of the evaluations that may change everything; after it only widths are refined.',
    usual: ['50%', '0%'],
  },
  seed: {
    type: 'number',
    rule: { what: 'seed', min: 0, max: 2 ** 31 - 1, whole: true },
    default: DEFAULT_TASK.seed,
    doc: 'The same seed gives the same answer.',
    usual: ['0'],
  },
  estimator: {
    type: 'word',
    values: ESTIMATORS,
    default: DEFAULT_TASK.estimator,
    doc: 'The closed form that scores candidates: TinyNAS’s fan-in, or the exact one with zero padding.',
  },
  algorithm: {
    type: 'word',
    values: ALGORITHMS,
    default: DEFAULT_TASK.algorithm,
    doc: 'The tuned evolution, the paper’s own rules, or the relaxation’s best design polished by local search.',
  },
  objective: {
    type: 'word',
    get values() {
      return objectiveNames();
    },
    default: DEFAULT_TASK.objective,
    get doc() {
      return `What is scored: ${allObjectives()
        .map(({ name, doc }) => `${name}, ${doc}`)
        .join('; ')}.`;
    },
  },
  minimise: {
    type: 'cost',
    get values() {
      return limitedCosts();
    },
    absent: 'off: the score is maximised',
    doc: 'The cost that is made as small as possible while the score holds, instead of maximising the score.',
  },
  score: {
    type: 'number',
    sign: '>=',
    rule: { what: 'score', min: 0, max: 1e9, whole: false },
    absent: 'the score of the start network',
    doc: 'The score that every design must hold while a cost is minimised, in the unit of the objective.',
    usual: ['2000'],
  },
  plateau: {
    type: 'number',
    rule: { what: 'plateau', min: 1, max: 1e9, whole: true },
    absent: 'off',
    doc: 'Stop after this many evaluations without a better design.',
    usual: ['20000', '100000'],
  },
  'time-limit': {
    type: 'number',
    rule: { what: 'time-limit', min: 0.001, max: 604_800, whole: false, unit: 'seconds' },
    absent: 'off',
    doc: 'Stop after this time, with the best design so far: s, ms or min, or plain seconds. The answer then depends on the machine.',
    usual: ['30s', '5min', '500ms'],
  },
  prove: {
    type: 'word',
    values: ['yes', 'no'],
    absent: 'yes where about a second is enough',
    doc: 'Whether an exact search follows, which finds the best design there is and proves it: yes takes seconds to minutes, no leaves it out.',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SEARCH_SETTINGS;
export const isSettingName = (name: string): name is SettingName => Object.hasOwn(SEARCH_SETTINGS, name);
export const settingOf = (name: SettingName): Setting => SEARCH_SETTINGS[name];

type Settings = typeof SEARCH_SETTINGS;
type Written<N extends SettingName> = Settings[N] extends { values: readonly (infer V)[] } ? V : number;
/** What a search says: a setting without a default is undefined where it is not written. */
export type SearchValues = {
  readonly [N in SettingName]: Written<N> | (Settings[N] extends { default: unknown } ? never : undefined);
};

export const SETTING_NAMES: readonly SettingName[] = Object.keys(SEARCH_SETTINGS).filter(isSettingName);

/** Settings with the values that were read for them; of several the last counts. */
export type WrittenValues = readonly (readonly [SettingName, string | number | undefined])[];

const valuesOf = (written: WrittenValues): SearchValues => Object.fromEntries(written) as SearchValues;

export const DEFAULT_SEARCH = valuesOf(SETTING_NAMES.map((name) => [name, settingOf(name).default]));

/** Values with others written over them. */
export const withValues = (values: SearchValues, written: WrittenValues): SearchValues => ({
  ...values,
  ...valuesOf(written),
});

/** A setting's value as it is written, or what holds without it. */
export function settingText(name: SettingName, value: string | number | undefined): string {
  const setting = settingOf(name);
  if (value === undefined) return setting.absent ?? '';
  const unit = setting.type === 'number' ? setting.rule.unit : undefined;
  if (unit === 'percent') return `${Number(value) * 100}%`;
  const text = unit === 'seconds' ? `${value}s` : String(value);
  return setting.type === 'number' && setting.sign !== undefined ? `${setting.sign} ${text}` : text;
}
