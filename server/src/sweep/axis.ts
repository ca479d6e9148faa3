import type { ImageSize } from '../backbone/backbone.ts';
import type { CostName } from '../cost/budget.ts';
import { costNamed } from '../cost/registry.ts';
import { alternatives } from '../language/nearest.ts';
import { type Read, readQuantity } from '../language/quantity.ts';
import { isSettingName, type SettingName, settingOf } from '../language/search-settings.ts';
import { readSize } from '../language/size.ts';

/** One thing that a search of a sweep has otherwise than the text says; plain data. */
export type Change =
  | { readonly kind: 'limit'; readonly cost: CostName; readonly amount: number }
  | { readonly kind: 'input'; readonly size: ImageSize }
  | { readonly kind: 'space'; readonly name: string }
  | { readonly kind: 'setting'; readonly setting: SettingName; readonly value: string | number };

/** A change as a person wrote it: `budget.macs`, `2G`. */
export interface NamedChange {
  readonly name: string;
  readonly text: string;
  readonly change: Change;
}

/** What is varied, and the values it takes, each once and in their order. */
export interface Axis {
  readonly name: string;
  readonly values: readonly NamedChange[];
}

/** Settings that searches of one sweep may differ in. */
export const SWEPT_SETTINGS = [
  'seed',
  'objective',
  'estimator',
  'algorithm',
  'evaluations',
  'population',
  'coarse-to-fine',
  'score',
] as const satisfies readonly SettingName[];

const BUDGET = 'budget.';
const SWEPT: readonly string[] = SWEPT_SETTINGS;
const CAN_BE_VARIED = [`${BUDGET}COST`, 'input', 'space', ...SWEPT_SETTINGS];

const wrong = (message: string) => ({ ok: false, message }) as const;

/**
 * Reads `NAME=VALUE,VALUE`, such as `budget.macs=2G,4G` or `input=320x320,640x640`. Its message says what would be right.
 * @param cost finds the cost that a budget limits, by its name; profiles of devices are known there
 */
export function readAxis(text: string, cost: (name: string) => Read<CostName>): Read<Axis> {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(0, equals)).trim();
  if (name === '') return wrong(`'${text}' is not NAME=VALUE,VALUE, such as budget.macs=2G,4G.`);
  const reader = readerOf(name, cost);
  if (!reader.ok) return reader;
  const values: NamedChange[] = [];
  for (const word of text.slice(equals + 1).split(',')) {
    const value = word.trim();
    if (value === '') return wrong(`'${text}' has an empty value: write ${name}=VALUE,VALUE.`);
    const change = reader.value(value);
    if (!change.ok) return wrong(`${name}: ${change.message}`);
    if (values.some(({ text: other, change: own }) => other === value || sameChange(own, change.value)))
      return wrong(`${name} has ${value} twice: name each value once.`);
    values.push({ name, text: value, change: change.value });
  }
  return { ok: true, value: { name, values } };
}

type Reader = (text: string) => Read<Change>;

function readerOf(name: string, costOf: (name: string) => Read<CostName>): Read<Reader> {
  if (name.startsWith(BUDGET)) {
    const cost = costOf(name.slice(BUDGET.length));
    return cost.ok ? { ok: true, value: limitReader(cost.value) } : cost;
  }
  if (name === 'input') return { ok: true, value: inputReader };
  if (name === 'space') return { ok: true, value: (text) => ({ ok: true, value: { kind: 'space', name: text } }) };
  if (SWEPT.includes(name) && isSettingName(name)) return { ok: true, value: settingReader(name) };
  const hint = name === 'time-limit' || name === 'plateau' || name === 'prove' ? ', which is set in the file,' : '';
  return wrong(`'${name}'${hint} cannot be varied, only ${alternatives(CAN_BE_VARIED)}.`);
}

const limitReader = (cost: CostName): Reader => {
  const rule = costNamed(cost)?.limit ?? { what: cost, min: 0, max: Number.MAX_SAFE_INTEGER, whole: false };
  return (text) => {
    const amount = readQuantity(text, { ...rule, what: 'the limit' });
    return amount.ok ? { ok: true, value: { kind: 'limit', cost, amount: amount.value } } : amount;
  };
};

const inputReader: Reader = (text) => {
  const size = readSize(text);
  return size.ok ? { ok: true, value: { kind: 'input', size: size.value } } : size;
};

const settingReader =
  (setting: SettingName): Reader =>
  (text) => {
    const definition = settingOf(setting);
    if (definition.type === 'number') {
      const value = readQuantity(text, { ...definition.rule, what: 'the value' });
      return value.ok ? { ok: true, value: { kind: 'setting', setting, value: value.value } } : value;
    }
    if (!definition.values.includes(text)) return wrong(`'${text}' is not ${alternatives(definition.values)}.`);
    return { ok: true, value: { kind: 'setting', setting, value: text } };
  };

const sameChange = (a: Change, b: Change): boolean => JSON.stringify(a) === JSON.stringify(b);
