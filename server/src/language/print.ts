import { argumentText } from '../backbone/argument-values.ts';
import type { Argument } from '../backbone/arguments.ts';
import {
  type Backbone,
  DEFAULT_WEIGHTS,
  type Group,
  type StageWeights,
  stageName,
  stageNumbers,
  type Wiring,
} from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import { identifier } from './identifier.ts';
import { type GroupRow, layoutGroups } from './layout.ts';
import { nodeLines, printOutputs } from './print-graph.ts';
import { argumentsOf } from './vocabulary.ts';

/**
 * The canonical text of a backbone, ending in a line break. Stages follow from the strides: the stem is all that
 * stands before the first later stride 2, and a stride-2 max-pool opens the stage it leads into. The lines of a graph say
 * what they read.
 */
export function printBackbone(backbone: Backbone): string {
  const { channels, height, width } = backbone.input;
  const header = [`input ${channels} x ${height} x ${width}`];
  if (!sameWeights(backbone.weights, DEFAULT_WEIGHTS)) header.push(`entropy ${printWeights(backbone)}`);
  const { wiring } = backbone;
  const rows = wiring === undefined ? groupRows(backbone.groups) : nodeRows(backbone.groups, wiring);
  const outputs = wiring === undefined ? [] : [printOutputs(wiring)];
  const lines = [...header, '', ...layoutGroups(rows), ...outputs];
  const body = lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
  return `backbone ${identifier(backbone.name)} {\n${body}\n}\n`;
}

function groupRows(groups: readonly Group[]): GroupRow[] {
  const stages = stageNumbers(groups);
  return groups.map((g, index) => {
    const stage = stages[index] ?? 1;
    const opens = index === 0 || stages[index - 1] !== stage;
    const head = !opens ? '+' : stage === 1 ? 'stem' : `stage ${stageName(stage)}`;
    return groupRow(head, g);
  });
}

const nodeRows = (groups: readonly Group[], wiring: Wiring): GroupRow[] =>
  nodeLines(wiring).flatMap(({ head, ...line }, index) => {
    const g = groups[index];
    return g === undefined ? [] : [{ ...groupRow(head, g), ...line }];
  });

/** A group behind the word that its line begins with. */
function groupRow(head: string, g: Group): GroupRow {
  const single = !blockOf(g).repeats && g.depth === 1;
  const row = { head, block: g.block, arguments: printArguments(g) };
  return single ? row : { ...row, depth: String(g.depth) };
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

/** A stage that the backbone lacks contributes nothing to the score, and the language warns of its name. */
function printWeights({ weights, groups, wiring }: Backbone): string {
  const stages = new Set(
    wiring === undefined ? stageNumbers(groups).map(stageName) : wiring.outputs.map(({ name }) => identifier(name)),
  );
  const entries = weighed(weights).filter(([stage]) => stages.has(stage));
  if (entries.length === 0) return `${[...stages][0] ?? 'C1'}: 0`;
  return entries.map(([stage, alpha]) => `${stage}: ${decimal(alpha)}`).join(', ');
}

/** A number as the language writes it: without a negative exponent. */
function decimal(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e-');
  if (exponent === undefined) return mantissa;
  const places = (mantissa.split('.')[1]?.length ?? 0) + Number(exponent);
  return value.toFixed(Math.min(100, places));
}
