import { argumentText } from '../backbone/argument-values.ts';
import type { Argument } from '../backbone/arguments.ts';
import {
  type Backbone,
  DEFAULT_WEIGHTS,
  type Group,
  type StageWeights,
  stageName,
  stageNumbers,
} from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import { type GroupRow, layoutGroups } from './layout.ts';
import { argumentsOf } from './vocabulary.ts';

/** Words of the grammar that cannot be names. A test holds this list against the grammar. */
export const KEYWORDS: readonly string[] = [
  'backbone',
  'budget',
  'entropy',
  'input',
  'on',
  'search',
  'stage',
  'start',
  'stem',
  'within',
  'x',
];

/** A name that the language accepts, as close to the text as possible: `1-net` → `_1-net`, `my net` → `my_net`. */
export function identifier(text: string): string {
  const words = text
    .split('-')
    .map((word) => word.replace(/[^\p{L}\p{M}\p{N}_]/gu, '_'))
    .filter((word) => word !== '')
    // A combining mark cannot begin a word; digits can, but not the name.
    .map((word) => (/^\p{M}/u.test(word) ? `_${word}` : word));
  const name = words.join('-');
  if (name === '') return 'unnamed';
  if (KEYWORDS.includes(name)) return `${name}_`;
  return /^[\p{L}_]/u.test(name) ? name : `_${name}`;
}

/**
 * The canonical text of a backbone, ending in a line break. Stages follow from the strides: the stem is all that
 * stands before the first later stride 2, and a stride-2 max-pool opens the stage it leads into.
 */
export function printBackbone(backbone: Backbone): string {
  const { channels, height, width } = backbone.input;
  const header = [`input ${channels} x ${height} x ${width}`];
  if (!sameWeights(backbone.weights, DEFAULT_WEIGHTS)) header.push(`entropy ${printWeights(backbone)}`);
  const lines = [...header, '', ...layoutGroups(groupRows(backbone.groups))];
  const body = lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
  return `backbone ${identifier(backbone.name)} {\n${body}\n}\n`;
}

function groupRows(groups: readonly Group[]): GroupRow[] {
  const stages = stageNumbers(groups);
  return groups.map((g, index) => {
    const stage = stages[index] ?? 1;
    const opens = index === 0 || stages[index - 1] !== stage;
    const head = !opens ? '+' : stage === 1 ? 'stem' : `stage ${stageName(stage)}`;
    const single = !blockOf(g).repeats && g.depth === 1;
    const row = { head, block: g.block, arguments: printArguments(g) };
    return single ? row : { ...row, depth: String(g.depth) };
  });
}

/** The arguments of a group in writing order; what is at its default is left out. */
export function printArguments(g: Group): string[] {
  return writingOrder(argumentsOf(g.block)).flatMap((argument) => {
    const text = argumentText(g, argument);
    return text === undefined ? [] : [`${argument.name}: ${text}`];
  });
}

/** The width of the block, its inside, kernel and stride, and then what else it takes. */
const FIRST = ['out', 'btn', 'k', 's'];

const writingOrder = (all: readonly Argument[]): readonly Argument[] => all.toSorted((a, b) => place(a) - place(b));

const place = ({ name }: Argument): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);

const weighed = (weights: StageWeights): [string, number][] =>
  Object.entries(weights).filter(([, alpha]) => alpha !== 0);

function sameWeights(a: StageWeights, b: StageWeights): boolean {
  const [left, right] = [weighed(a), weighed(b)];
  return left.length === right.length && left.every(([stage, alpha]) => b[stage] === alpha);
}

/** A stage that the backbone lacks contributes nothing to the score, and the language would not accept its name. */
function printWeights({ weights, groups }: Backbone): string {
  const stages = new Set(stageNumbers(groups).map(stageName));
  const entries = weighed(weights).filter(([stage]) => stages.has(stage));
  if (entries.length === 0) return 'C1: 0';
  return entries.map(([stage, alpha]) => `${stage}: ${decimal(alpha)}`).join(', ');
}

/** A number as the language writes it: without a negative exponent. */
function decimal(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e-');
  if (exponent === undefined) return mantissa;
  const places = (mantissa.split('.')[1]?.length ?? 0) + Number(exponent);
  return value.toFixed(Math.min(100, places));
}
