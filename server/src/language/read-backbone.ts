import { type CompositeCstNode, isCompositeCstNode } from 'langium';
import {
  type Backbone,
  DEFAULT_WEIGHTS,
  type Group,
  type InputSize,
  type StageWeights,
  stageNumbers,
  type Wiring,
} from '../backbone/backbone.ts';
import { isGraph, reportMixed } from './check-lines.ts';
import { reportWidths } from './check-widths.ts';
import * as ast from './generated/ast.ts';
import type { GraphSource } from './graph-source.ts';
import type { NameUse } from './name-use.ts';
import type { Problem } from './problem.ts';
import { type GroupSource, readGroup } from './read-group.ts';
import { duplicateLine, isWhole, readInput, readWithin, type Sides } from './read-lines.ts';
import { readWeightsOf } from './read-weights.ts';
import { readWiring } from './read-wiring.ts';
import { contentOf } from './reparse-plan.ts';
import { type Report, unfinished } from './report.ts';
import { firstWord, propertySpan, recovered } from './span.ts';
import { keepsChannels } from './vocabulary.ts';

/** A backbone of the text: its groups with their places, and the model when every number could be read. */
export interface BackboneSource {
  readonly node: ast.Backbone;
  readonly name: string;
  readonly groups: readonly GroupSource[];
  readonly input: InputSize | undefined;
  /** As `input`; where one side cannot be read the other stands for it. */
  readonly meantInput: InputSize | undefined;
  readonly weights: StageWeights;
  /** What the lines of a graph say beside their groups; a chain has none. */
  readonly graph: GraphSource | undefined;
  /** The budget that the backbone itself names. */
  readonly within: NameUse | undefined;
  /** Undefined while something in it cannot be read. */
  readonly backbone: Backbone | undefined;
  /** False where the file has so many blocks that this one gets no numbers. */
  readonly withinReach: boolean;
}

/** Input sizes whose activations would not fit a sane machine are refused by INPUT_SIDE; see vocabulary.ts. */
export function readBackbone(node: ast.Backbone, report: Report): BackboneSource {
  const sides = readInput('backbone', node.statements, report);
  if (sides === undefined) report(inputless(node));
  const input = sides !== undefined && isWhole(sides) ? sides : undefined;
  const meantInput = input ?? likelyInput(sides);
  const weights = readWeights(node, report);
  const { groups, readableLines } = readLines(node, sides?.channels, report);
  const within = readWithin('backbone', node.statements, report);
  const name = recovered(node).name ?? '';
  const complete = groups.flatMap((g) => g.group ?? []);
  const hasStem = reportStem(node, report);
  const mixed = reportMixed(node, report);
  const graph = isGraph(node) ? readWiring(node, { groups, input, channels: sides?.channels }, report) : undefined;
  const readable =
    readableLines && input !== undefined && complete.length === groups.length && groups.length > 0 && hasStem;
  const chain = readable && !mixed ? { name, input, groups: complete, weights } : undefined;
  const backbone = chain === undefined || graph === undefined ? chain : withWiring(chain, graph.wiring);
  return { node, name, groups, input, meantInput, weights, graph, within, backbone, withinReach: true };
}

const withWiring = (backbone: Backbone, wiring: Wiring | undefined): Backbone | undefined =>
  wiring === undefined ? undefined : { ...backbone, wiring };

/** The groups of the stem, the stages and the nodes, in the order of the text. */
function readLines(
  node: ast.Backbone,
  channels: number | undefined,
  report: Report,
): { readonly groups: readonly GroupSource[]; readonly readableLines: boolean } {
  let reads = channels;
  let readableLines = true;
  const groups = node.statements.flatMap((statement) => {
    if (!ast.isStem(statement) && !ast.isStage(statement) && !ast.isGraphNode(statement)) return [];
    if (!ast.isGraphNode(statement) && reportBlockless(statement, report)) readableLines = false;
    return statement.groups.map((group) => {
      const read = readGroup(group, statement, reads, report);
      // What a node reads is known where the graph is; see read-wiring.ts.
      const isRight = ast.isGraphNode(statement) || reads === undefined || reportWidths(read, reads, report);
      const source = isRight ? read : { ...read, group: undefined };
      if (!keepsChannels(source.meant.block)) reads = source.meant.out;
      return source;
    });
  });
  return { groups, readableLines };
}

/** A stage without a block, or a `+` behind which none follows. True when it is so. */
function reportBlockless(statement: ast.Stem | ast.Stage, report: Report): boolean {
  const parts = statement.$cstNode === undefined ? [] : contentOf(statement.$cstNode as CompositeCstNode).content;
  const last = parts.findLast((part) => !part.hidden);
  if (last === undefined || isCompositeCstNode(last)) return false;
  if (statement.groups.length > 0 && last.text !== '+') return false;
  const span = { start: last.offset, end: last.end };
  report(unfinished(span, 'a block', `${last.text} bottleneck(out: 256, btn: 64, k: 3, s: 2) x 3`));
  return true;
}

const duplicate = (what: string, node: ast.BackboneStatement): Problem => duplicateLine('backbone', what, node);

/** Images are square and have three colours, unless it is said otherwise. */
function likelyInput(sides: Sides | undefined): InputSize | undefined {
  const { channels = 3, height = sides?.width, width = sides?.height } = sides ?? {};
  return height === undefined || width === undefined ? undefined : { channels, height, width };
}

const inputless = (node: ast.Backbone): Problem => ({
  code: 'missing-input',
  severity: 'error',
  message: 'This backbone needs its input size, such as: input 3 x 480 x 480 (channels x height x width).',
  span: nameSpan(node),
});

function readWeights(node: ast.Backbone, report: Report): StageWeights {
  const [first, ...others] = node.statements.filter(ast.isEntropyStatement);
  for (const other of others) report(duplicate('entropy line', other));
  if (first === undefined) return DEFAULT_WEIGHTS;
  const graph = isGraph(node);
  return readWeightsOf(first, graph ? outputNamesOf(node) : stageNamesOf(node), graph ? 'output' : 'stage', report);
}

/** The stages an entropy line may name: C1, and what the stage lines declare. */
function stageNamesOf(node: ast.Backbone): string[] {
  return ['C1', ...node.statements.filter(ast.isStage).flatMap((stage) => recovered(stage).name ?? [])];
}

const outputNamesOf = (node: ast.Backbone): string[] => {
  const outputs = node.statements.filter(ast.isOutputStatement).flatMap((s) => s.outputs);
  return [...new Set(outputs.flatMap((output) => recovered(output).name ?? []))];
};

/** A backbone is one stem, then stages or nodes. True when it is so. */
function reportStem(node: ast.Backbone, report: Report): boolean {
  const [stem, ...others] = node.statements.filter(ast.isStem);
  for (const other of others) report(duplicate('stem', other));
  const first = node.statements.find((s) => ast.isStem(s) || ast.isStage(s) || ast.isGraphNode(s));
  if (stem !== undefined && first === stem) return others.length === 0;
  const message = 'A backbone begins with its stem, such as: stem conv(out: 32, k: 3, s: 2).';
  report({
    code: 'missing-stem',
    severity: 'error',
    message,
    span: first === undefined ? nameSpan(node) : firstWord(first),
  });
  return false;
}

export const nameSpan = (node: ast.Declaration) => propertySpan(node, 'name');

/** The stage of each group as far as strides are known: a group after an unreadable stride has none. */
export function knownStages(groups: readonly GroupSource[]): (number | undefined)[] {
  const known: Pick<Group, 'stride'>[] = [];
  for (const { fields } of groups) {
    if (fields.stride === undefined) break;
    known.push({ stride: fields.stride });
  }
  const numbers: (number | undefined)[] = stageNumbers(known);
  while (numbers.length < groups.length) numbers.push(undefined);
  return numbers;
}
