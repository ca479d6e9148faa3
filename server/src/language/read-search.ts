import { LATENCY } from '../latency/latency-cost.ts';
import type { Profiles } from '../latency/profiles.ts';
import { isMeasured, MEASURED_TASK } from '../search/task.ts';
import * as ast from './generated/ast.ts';
import { type NameUse, nameUse } from './name-use.ts';
import type { Problem, Span } from './problem.ts';
import { onWithoutDevice, readDevice } from './read-device.ts';
import { readVary, type VaryUse } from './read-vary.ts';
import { apartFrom, type Report, readNumber, unfinished, unknownWord } from './report.ts';
import { VARY } from './search-holes.ts';
import {
  DEFAULT_SEARCH,
  isSettingName,
  SETTING_NAMES,
  type SearchValues,
  type SettingName,
  settingOf,
  withValues,
} from './search-settings.ts';
import { firstWord, propertySpan, recovered, spanOf } from './span.ts';
import { costSynonyms, SETTING_SYNONYMS } from './synonyms.ts';

export interface SearchSource {
  readonly node: ast.Search;
  readonly name: string | undefined;
  readonly start: NameUse | undefined;
  readonly within: NameUse | undefined;
  /** The space that is written; a preset, or one of the file. */
  readonly space: NameUse | undefined;
  readonly values: SearchValues;
  /** What of a detector's neck and heads is tried at lighter values, as it is written, and the line that says it. */
  readonly vary: readonly VaryUse[];
  readonly varyNode: ast.VarySetting | undefined;
  /** Where the settings stand that are written. */
  readonly places: Readonly<Partial<Record<SettingName, Span>>>;
  /** Whether every setting could be read. */
  readonly complete: boolean;
}

/** @param profiles finds the device whose time is minimised */
export function readSearch(node: ast.Search, profiles: Profiles, report: Report): SearchSource {
  const seen = new Set<string>();
  let complete = true;
  const written: [SettingName, string | number][] = [];
  const places: Partial<Record<SettingName, Span>> = {};
  let start: NameUse | undefined;
  let within: NameUse | undefined;
  let space: NameUse | undefined;
  let vary: readonly VaryUse[] = [];
  let varyNode: ast.VarySetting | undefined;
  const taken = new Set(node.settings.map(keyOf));
  for (const setting of node.settings) {
    const key = keyOf(setting);
    if (key === undefined) continue;
    if (seen.has(key)) {
      const message = `${key} is set twice in this search: keep one of them.`;
      const data = { kind: 'remove', span: spanOf(setting) } as const;
      report({ code: 'duplicate-statement', severity: 'error', message, span: firstWord(setting), data });
      complete = false;
      continue;
    }
    seen.add(key);
    if (isUnfinished(setting)) {
      const example = isSettingName(key)
        ? `${key} ${exampleOf(key)}`
        : `${key} ${key === 'start' ? 'my_net' : 'small'}`;
      report(unfinished(spanOf(setting), `what ${key} is set to`, example));
      complete = false;
    }
    if (ast.isStartSetting(setting))
      start = nameUse(recovered(setting).backbone?.$refText, propertySpan(setting, 'backbone'));
    else if (ast.isWithin(setting))
      within = nameUse(recovered(setting).budget?.$refText, propertySpan(setting, 'budget'));
    else if (ast.isVarySetting(setting)) {
      varyNode = setting;
      vary = readVary(setting, (problem) => {
        complete = false;
        report(problem);
      });
    } else {
      const value = readSetting(setting, key, taken, profiles, report);
      if (!isSettingName(key) || value === undefined) complete = false;
      else written.push([key, value]);
      if (isSettingName(key)) places[key] = spanOf(setting);
      if (key === 'space' && typeof value === 'string') space = nameUse(value, propertySpan(setting, 'value'));
    }
  }
  const own = withValues(DEFAULT_SEARCH, written);
  const values = isMeasured(own) ? withValues({ ...own, ...MEASURED_TASK }, written) : own;
  // A word that means nothing may have been meant as one that is missed.
  const known = node.settings.every(
    (setting) => !ast.isValueSetting(setting) || isSettingName(recovered(setting).name ?? ''),
  );
  const lacking = known ? missingOf(places, values) : undefined;
  if (lacking !== undefined) {
    complete = false;
    report(lacking);
  }
  return { node, name: recovered(node).name, start, within, space, values, vary, varyNode, places, complete };
}

function keyOf(setting: ast.SearchSetting): string | undefined {
  if (ast.isStartSetting(setting)) return 'start';
  if (ast.isWithin(setting)) return 'within';
  return ast.isVarySetting(setting) ? VARY : recovered(setting).name;
}

/** Whether the value is not there yet. */
function isUnfinished(setting: ast.SearchSetting): boolean {
  if (ast.isStartSetting(setting)) return recovered(setting).backbone === undefined;
  if (ast.isWithin(setting)) return recovered(setting).budget === undefined;
  // What it names is read apart.
  if (ast.isVarySetting(setting)) return false;
  return recovered(setting).value === undefined && isSettingName(recovered(setting).name ?? '');
}

function exampleOf(key: SettingName): string {
  const setting = settingOf(key);
  if (setting.type !== 'number') return setting.default ?? setting.values[0] ?? '';
  return `${setting.sign === undefined ? '' : `${setting.sign} `}${setting.usual[0] ?? ''}`;
}

/** What a goal lacks: a score to hold its cost, or a cost that is measured its score. */
function missingOf({ score, minimise }: SearchSource['places'], values: SearchValues): Problem | undefined {
  const lacks = (message: string, span: Span, choices: readonly string[]): Problem => {
    const data = { kind: 'add-setting', choices, at: span.start } as const;
    return { code: 'missing-setting', severity: 'error', message, span, data };
  };
  if (score !== undefined && minimise === undefined) {
    const message =
      "A score is held only while a cost is minimised: add 'minimise params', or another cost, or remove this line.";
    return lacks(message, score, ['minimise params', 'minimise macs']);
  }
  if (minimise === undefined || score !== undefined || !isMeasured(values)) return undefined;
  return lacks(`${UNKNOWN_SCORE} Write the score to hold, such as 'score >= 100'.`, minimise, ['score >= 100']);
}

/** Why a measured search that minimises cannot go without a score. */
export const UNKNOWN_SCORE = 'Nobody knows the measured score of the start before the search.';

const SETTINGS: readonly string[] = ['start', 'within', ...SETTING_NAMES, VARY];

/** @param taken the settings that are written */
function readSetting(
  node: ast.ValueSetting,
  key: string,
  taken: ReadonlySet<string | undefined>,
  profiles: Profiles,
  report: Report,
): number | string | undefined {
  const { value } = recovered(node);
  if (!isSettingName(key)) {
    const context = { synonyms: SETTING_SYNONYMS, taken };
    report(unknownWord('unknown-setting', 'setting', key, propertySpan(node, 'name'), SETTINGS, context));
    return undefined;
  }
  const setting = settingOf(key);
  if (value === undefined) return undefined;
  if (setting.type === 'cost' && value === LATENCY) {
    const signed = checkSign(node, value, key, undefined, report);
    const cost = readDevice(node, profiles, 'minimise latency on NAME', report);
    return signed ? cost : undefined;
  }
  if (recovered(node).device !== undefined) report(onWithoutDevice(node, value, propertySpan(node, 'value')));
  const span = propertySpan(node, 'value');
  if (setting.type === 'number') {
    const signed = checkSign(node, value, key, setting.sign, report);
    const read = readNumber(value, setting.rule, span, report);
    return signed ? read : undefined;
  }
  if (!checkSign(node, value, key, undefined, report)) return undefined;
  if (setting.type === 'name' || setting.values.includes(value)) return value;
  const [code, what] =
    setting.type === 'cost' ? (['unknown-cost', 'cost'] as const) : (['bad-value', `value of ${key}`] as const);
  report(
    unknownWord(code, what, value, span, setting.type === 'cost' ? [...setting.values, LATENCY] : setting.values, {
      synonyms: setting.type === 'cost' ? costSynonyms() : {},
    }),
  );
  return undefined;
}

/** Whether the setting has the sign that belongs between its name and its value, if any. */
function checkSign(
  node: ast.ValueSetting,
  value: string,
  key: SettingName,
  wanted: '>=' | undefined,
  report: Report,
): boolean {
  const { sign } = recovered(node);
  if (sign === wanted || (sign === '≥' && wanted === '>=')) return true;
  const right = wanted === undefined ? value : `${wanted} ${value}`;
  const why = wanted === undefined ? `${key} has its value without a sign` : `${key} is held from below`;
  const { end } = propertySpan(node, 'value');
  const { start } = propertySpan(node, sign === undefined ? 'value' : 'sign');
  const data = { kind: 'replace', with: [apartFrom(node, start, right)] } as const;
  report({
    code: 'bad-value',
    severity: 'error',
    message: `${why}: write '${key} ${right}'.`,
    span: { start, end },
    data,
  });
  return false;
}
