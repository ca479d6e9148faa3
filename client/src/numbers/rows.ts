import * as l10n from '@vscode/l10n';
import { percent, signed } from '../../../common/numbers.ts';
import type { NumbersBackbone, NumbersGroup, NumbersShape, NumbersStage } from '../../../server/src/server/protocol.ts';
import { costText } from '../webviews/cost-text.ts';
import { type Sort, sorted } from '../webviews/sort.ts';
import { type Column, type Columns, columnsOf, depthColumn, type Numbers } from './columns.ts';
import { savedGroups } from './saved.ts';

/** What changed since the last save: in words and a sign, and whether it is for the better. */
export interface Difference {
  readonly text: string;
  readonly better: boolean;
}

export interface Cell {
  readonly text: string;
  readonly difference?: Difference;
  /** All that the text stands for, where it says less. */
  readonly title?: string;
  /** A limit that is not held. */
  readonly exceeded?: boolean;
}

export interface Row {
  readonly name: string;
  /** Of the output; empty where there is none. */
  readonly shape: string;
  /** The shape that was saved, where it was another. */
  readonly shapeBefore?: string;
  /** Blocks first, then the cells of `columns`. */
  readonly cells: readonly Cell[];
}

export interface GroupRow extends Row {
  /** Lines of the text, from 0, both inclusive. */
  readonly from: number;
  readonly to: number;
  /** It was not there when the file was saved. */
  readonly isNew: boolean;
}

/** The table of one backbone as it is read: text in cells, in the order that was asked for. */
export interface NumbersTable {
  readonly columns: readonly Columns[];
  readonly groups: readonly GroupRow[];
  readonly stages: readonly Row[];
  /** All of it, then each budget that it is held to. */
  readonly totals: readonly Row[];
}

/** @param saved the backbone as it was saved; undefined when it was not, and then nothing is a change */
export function tableOf(
  backbone: NumbersBackbone,
  saved: NumbersBackbone | undefined,
  sort: Sort | undefined,
): NumbersTable {
  const columns = columnsOf(backbone);
  const all = [depthColumn(), ...columns.flatMap((group) => group.columns)];
  const were = savedGroups(backbone.groups, saved?.groups ?? []);
  const by = all.find(({ id }) => id === sort?.column);
  const groups =
    sort === undefined || by === undefined
      ? backbone.groups
      : sorted(backbone.groups, sort, (group) => by.of(group) ?? Number.NEGATIVE_INFINITY);
  return {
    columns,
    groups: groups.map((group) => groupRow(group, were.get(group), saved !== undefined, all)),
    stages: backbone.stages.map((stage) => stageRow(stage, saved, all)),
    totals: [totalRow(backbone, saved, all), ...backbone.budgets.map((budget) => budgetRow(backbone, budget, all))],
  };
}

function groupRow(
  group: NumbersGroup,
  was: NumbersGroup | undefined,
  wasSaved: boolean,
  columns: readonly Column[],
): GroupRow {
  const { from, to, stage, block, kernel } = group;
  const isNew = wasSaved && was === undefined;
  return { ...partRow(`${stage} ${block} ${kernel}×${kernel}`, group, was, columns), from, to, isNew };
}

function stageRow(stage: NumbersStage, saved: NumbersBackbone | undefined, columns: readonly Column[]): Row {
  const { name, weight } = stage;
  const was = saved?.stages.find((other) => other.name === name);
  return partRow(weight === 0 ? name : `${name}, α ${weight}`, stage, was, columns);
}

function partRow(
  name: string,
  part: Numbers & { readonly shape: NumbersShape },
  was: (Numbers & { readonly shape: NumbersShape }) | undefined,
  columns: readonly Column[],
): Row {
  const shape = shapeText(part.shape);
  const before = was === undefined ? shape : shapeText(was.shape);
  return {
    name,
    shape,
    ...(before === shape ? {} : { shapeBefore: before }),
    cells: columns.map((column) => cellOf(column, part, was)),
  };
}

/** The costs in sum, memory as the largest peak, and the score by each form. */
function totalRow(backbone: NumbersBackbone, saved: NumbersBackbone | undefined, columns: readonly Column[]): Row {
  const was = saved === undefined ? undefined : totalOf(saved, backbone.score.name);
  return {
    name: l10n.t('All, and the score {0}', scoreName(backbone)),
    shape: '',
    cells: columns.map((column) => cellOf(column, totalOf(backbone, backbone.score.name), was)),
  };
}

/** «Z», «zen», «DeepMAD (no unit)»: the columns are in nats. */
const scoreName = ({ score: { name, unit } }: NumbersBackbone): string =>
  unit === '' ? l10n.t('{0} (no unit)', name) : name;

/** @param name of the score that is wanted: another is not to be compared with it */
const totalOf = ({ total, score, groups }: NumbersBackbone, name: string): Numbers => ({
  costs: total.costs,
  entropies: score.name === name ? total.scores.map((entropy) => ({ entropy: entropy ?? undefined })) : [],
  depth: groups.reduce((sum, { depth }) => sum + depth, 0),
});

/** How much of each limit is used. */
function budgetRow(
  { costs, units, total }: NumbersBackbone,
  { name, limits }: NumbersBackbone['budgets'][number],
  columns: readonly Column[],
): Row {
  return {
    name: l10n.t('of budget {0}', name),
    shape: '',
    cells: columns.map(({ id }): Cell => {
      const limit = limits.find(({ cost }) => cost === id);
      const value = limit === undefined ? undefined : total.costs[costs.indexOf(limit.cost)];
      if (limit === undefined || value === undefined) return { text: '' };
      const exceeded = value > limit.amount;
      const text = percent(value / limit.amount);
      return { text, title: l10n.t('at most {0}', costText(units, limit.cost, limit.amount)), exceeded };
    }),
  };
}

function cellOf(column: Column, part: Numbers, was: Numbers | undefined): Cell {
  const value = column.of(part);
  if (value === undefined) return { text: '' };
  const text = `${column.text(value)}${column.spread?.(part) ?? ''}`;
  const before = was === undefined ? undefined : column.of(was);
  const difference = before === undefined ? undefined : differenceOf(column, value - before);
  return difference === undefined ? { text } : { text, difference };
}

/** Nothing where it is smaller than what is shown. */
function differenceOf({ text, moreIsBetter }: Column, change: number): Difference | undefined {
  const shown = signed(change, text);
  return shown.slice(1) === text(0) ? undefined : { text: shown, better: change > 0 === moreIsBetter };
}

const shapeText = ({ channels, height, width }: NumbersShape): string => `${channels}×${height}×${width}`;
