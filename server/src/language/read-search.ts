import { ALGORITHMS, DEFAULT_TASK, ESTIMATORS, isMeasured, MEASURED_TASK, OBJECTIVES } from '../search/task.ts';
import { SPACE_NAMES } from '../space/space.ts';
import * as ast from './generated/ast.ts';
import { type NameUse, nameUse } from './name-use.ts';
import type { NumberRule } from './quantity.ts';
import { type Report, readNumber, unknownWord } from './read-group.ts';
import { firstWord, propertySpan, recovered, spanOf } from './span.ts';

export interface NumberSetting {
  readonly type: 'number';
  readonly rule: NumberRule;
  readonly default: number;
  readonly doc: string;
  readonly usual: readonly string[];
}

export interface WordSetting {
  readonly type: 'word';
  readonly values: readonly string[];
  readonly default: string;
  readonly doc: string;
}

/** The settings of a search beside `start` and `within`. */
export const SEARCH_SETTINGS = {
  space: {
    type: 'word',
    values: SPACE_NAMES,
    default: DEFAULT_TASK.space,
    doc: 'Which moves and constraints hold: the released ones (tinynas), or wide enough for the published networks (paper).',
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
    values: OBJECTIVES,
    default: DEFAULT_TASK.objective,
    doc: 'What is maximised: the backbone’s weighted entropy, its last stage only, or another score. zen-measured is the Zen-Score by forward passes: some designs a second, for small evaluation budgets and inputs.',
  },
} as const satisfies Record<string, NumberSetting | WordSetting>;

export type SettingName = keyof typeof SEARCH_SETTINGS;
export const isSettingName = (name: string): name is SettingName => Object.hasOwn(SEARCH_SETTINGS, name);

type SettingValue<N extends SettingName> = (typeof SEARCH_SETTINGS)[N] extends { values: readonly (infer V)[] }
  ? V
  : number;
export type SearchValues = { readonly [N in SettingName]: SettingValue<N> };

const valuesOf = (defaults: readonly (readonly [string, unknown])[]): SearchValues =>
  Object.fromEntries(defaults) as SearchValues;

export const DEFAULT_SEARCH: SearchValues = valuesOf(
  Object.entries(SEARCH_SETTINGS).map(([name, setting]) => [name, setting.default]),
);

export interface SearchSource {
  readonly node: ast.Search;
  readonly name: string | undefined;
  readonly start: NameUse | undefined;
  readonly within: NameUse | undefined;
  readonly values: SearchValues;
  /** Whether every setting could be read. */
  readonly complete: boolean;
}

export function readSearch(node: ast.Search, report: Report): SearchSource {
  const seen = new Set<string>();
  let complete = true;
  const written: [string, unknown][] = [];
  let start: NameUse | undefined;
  let within: NameUse | undefined;
  for (const setting of node.settings) {
    const key = ast.isStartSetting(setting) ? 'start' : ast.isWithin(setting) ? 'within' : recovered(setting).name;
    if (key === undefined) continue;
    if (seen.has(key)) {
      const message = `${key} is set twice in this search: keep one of them.`;
      const data = { kind: 'remove', span: spanOf(setting) } as const;
      report({ code: 'duplicate-statement', severity: 'error', message, span: firstWord(setting), data });
      complete = false;
      continue;
    }
    seen.add(key);
    if (ast.isStartSetting(setting))
      start = nameUse(recovered(setting).backbone?.$refText, propertySpan(setting, 'backbone'));
    else if (ast.isWithin(setting))
      within = nameUse(recovered(setting).budget?.$refText, propertySpan(setting, 'budget'));
    else {
      const value = readSetting(setting, key, report);
      if (value === undefined) complete = false;
      else written.push([key, value]);
    }
  }
  const own = valuesOf([...Object.entries(DEFAULT_SEARCH), ...written]);
  const values = isMeasured(own) ? { ...own, ...MEASURED_TASK, ...valuesOf(written) } : own;
  return { node, name: recovered(node).name, start, within, values, complete };
}

function readSetting(node: ast.ValueSetting, key: string, report: Report): number | string | undefined {
  const { value } = recovered(node);
  if (!isSettingName(key)) {
    const words = ['start', 'within', ...Object.keys(SEARCH_SETTINGS)];
    report(unknownWord('unknown-setting', 'setting', key, propertySpan(node, 'name'), words));
    return undefined;
  }
  const setting: NumberSetting | WordSetting = SEARCH_SETTINGS[key];
  const span = propertySpan(node, 'value');
  if (value === undefined) return undefined;
  if (setting.type === 'number') return readNumber(value, setting.rule, span, report);
  if (setting.values.includes(value)) return value;
  report(unknownWord('bad-value', `value of ${key}`, value, span, setting.values));
  return undefined;
}
