import * as z from 'zod';
import { conventions } from '../cost/registry.ts';
import { DEFAULT_OPTIONS, type FeatureOptions, HINT_PARTS } from '../features/options.ts';
import type { MeasureSettings } from '../measure/measure-settings.ts';

/** The section of the settings; package.json declares each of them, and a test holds the two together. */
export const SETTINGS_SECTION = 'mae-det';

/** Each setting with its rule and default. A value that breaks the rule is reported, and its default is used. */
export const SETTING_RULES = {
  estimator: z.enum(['fan-in', 'exact']).default(DEFAULT_OPTIONS.estimator),
  cost: z.enum(conventions()).default(DEFAULT_OPTIONS.cost),
  'hints.parts': z.array(z.enum(HINT_PARTS)).default([...DEFAULT_OPTIONS.hints]),
  'hints.bestNext': z.boolean().default(DEFAULT_OPTIONS.bestNext),
  'lenses.enabled': z.boolean().default(DEFAULT_OPTIONS.lenses),
  'measure.when': z.enum(['onSave', 'onDemand', 'off']).default('onSave'),
  'measure.backend': z.enum(['auto', 'wasm', 'webgpu', 'cuda']).default('auto'),
  'measure.draws': z.number().int().min(1).max(64).default(4),
  'measure.activation': z.enum(['relu', 'linear']).default('relu'),
  'measure.limit': z.number().min(0).max(100_000).default(40),
  'measure.cudaFolder': z.string().default(''),
  'search.workers': z.number().int().min(0).max(64).default(0),
} as const;

type SettingKey = keyof typeof SETTING_RULES;

/** When and how entropy is measured. */
export interface MeasureRules {
  readonly when: 'onSave' | 'onDemand' | 'off';
  readonly settings: Pick<MeasureSettings, 'backend' | 'draws' | 'activation'>;
  /** MACs of all draws of one backbone up to which a save measures by itself. */
  readonly limit: number;
  /** Empty: none. */
  readonly cudaFolder: string;
}

export interface Settings {
  readonly features: FeatureOptions;
  readonly measure: MeasureRules;
  /** Processes of a search; 0 leaves the choice to the server. */
  readonly searchWorkers: number;
}

export interface ReadSettings {
  readonly settings: Settings;
  /** One sentence for each value that was refused. */
  readonly problems: readonly string[];
}

/** Reads the settings that an editor sent: nested objects, or flat keys with dots. Never throws. */
export function readSettings(raw: unknown): ReadSettings {
  const problems: string[] = [];
  const read = <K extends SettingKey>(key: K): z.output<(typeof SETTING_RULES)[K]> => {
    const rule: z.ZodType = SETTING_RULES[key];
    const result = rule.safeParse(valueAt(raw, key) ?? undefined);
    if (result.success) return result.data as z.output<(typeof SETTING_RULES)[K]>;
    const reason = result.error.issues.map((issue) => issue.message).join('; ');
    problems.push(`Setting ${SETTINGS_SECTION}.${key} is not valid, so its default is used: ${reason}.`);
    return rule.parse(undefined) as z.output<(typeof SETTING_RULES)[K]>;
  };
  const features = {
    estimator: read('estimator'),
    cost: read('cost'),
    hints: read('hints.parts'),
    bestNext: read('hints.bestNext'),
    lenses: read('lenses.enabled'),
  };
  const measure: MeasureRules = {
    when: read('measure.when'),
    settings: {
      backend: read('measure.backend'),
      draws: read('measure.draws'),
      activation: read('measure.activation'),
    },
    limit: read('measure.limit') * 1e9,
    cudaFolder: read('measure.cudaFolder'),
  };
  return { settings: { features, measure, searchWorkers: read('search.workers') }, problems };
}

function valueAt(raw: unknown, key: string): unknown {
  if (!isRecord(raw)) return undefined;
  if (Object.hasOwn(raw, key)) return raw[key];
  return key.split('.').reduce<unknown>((value, part) => (isRecord(value) ? value[part] : undefined), raw);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
