import { type AstNode, CstUtils, type LeafCstNode } from 'langium';
import { type Hover, MarkupKind, type Position } from 'vscode-languageserver-types';
import { partSources } from '../language/detector-source.ts';
import * as ast from '../language/generated/ast.ts';
import type { Span } from '../language/problem.ts';
import { budgetOf, startedDetector, startOf } from '../language/resolve.ts';
import { recovered } from '../language/span.ts';
import { argumentNamed, blockNamed } from '../language/vocabulary.ts';
import { DECLARATIONS, DETECTOR_WORDS, GRAPH_WORDS, STATEMENTS } from '../language/word-docs.ts';
import { deviceCosts } from './device-costs.ts';
import { deviceHover } from './devices.ts';
import { freeWidths, freeWidthText } from './free-widths.ts';
import { type GlossaryAddress, NO_GLOSSARY } from './glossary.ts';
import { backboneHover, budgetHover, stageHover } from './hover-backbone.ts';
import { detectorHover, detectorWordHover, partArgumentHover, partHover } from './hover-detector.ts';
import { type GraphMeaning, graphMeaning, isGraphPart } from './hover-graph.ts';
import { blockHover, groupHover } from './hover-group.ts';
import { spaceHover, spaceWordHover } from './hover-space.ts';
import { STALE, zWords } from './hover-tables.ts';
import { varyHover } from './hover-vary.ts';
import { argumentHover, costHover, searchHover, settingHover, wordHover } from './hover-words.ts';
import { type Knowledge, NOTHING_KNOWN } from './knowledge.ts';
import { limitWorth } from './limit-worth.ts';
import { paragraphs } from './markdown.ts';
import { measuredTable } from './measured-text.ts';
import { groupName, MOST_GROUPS, Trials, tooLargeText } from './move-effect.ts';
import { DEFAULT_OPTIONS, type FeatureOptions } from './options.ts';
import { scoringOf } from './scoring-of.ts';
import { scoreSays } from './scoring-says.ts';
import { bestNextText, sensitivityTable } from './sensitivity.ts';
import { offsetAt, rangeOf, type Snapshot, type SnapshotBackbone, shownGroups } from './snapshot.ts';

/** What is known of the word under the cursor: what it means, and the numbers that belong to it. */
export function hover(
  snapshot: Snapshot,
  position: Position,
  knowledge: Knowledge = NOTHING_KNOWN,
  options: FeatureOptions = DEFAULT_OPTIONS,
  glossary: GlossaryAddress = NO_GLOSSARY,
): Hover | undefined {
  const known = { snapshot, knowledge, options, glossary };
  const leaf = leafAt(snapshot, offsetAt(snapshot, position));
  if (leaf === undefined || leaf.hidden) return lineHover(known, position);
  const value = textOf(known, leaf.astNode, leaf.text);
  if (value === undefined || value === '') return undefined;
  const range = rangeOf(snapshot, { start: leaf.offset, end: leaf.end });
  return { contents: { kind: MarkupKind.Markdown, value }, range };
}

/** At the end of a line whose group a comment follows: the hint that stands there is the group's. */
function lineHover(known: Known, { line, character }: Position): Hover | undefined {
  const { document, backbones } = known.snapshot;
  const range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
  if (character < document.getText(range).trimEnd().length) return undefined;
  const isHere = ({ span }: { readonly span: Span }): boolean => document.positionAt(span.end).line === line;
  const group = backbones.flatMap(({ source }) => source.groups).findLast(isHere);
  const value = group === undefined ? partLineText(known, isHere) : groupText(known, group.node);
  return value === undefined ? undefined : { contents: { kind: MarkupKind.Markdown, value } };
}

function partLineText(
  { snapshot, glossary }: Known,
  isHere: (part: { readonly span: Span }) => boolean,
): string | undefined {
  for (const detector of snapshot.detectors) {
    const part = partSources(detector.source).findLast(isHere);
    if (part !== undefined) return partHover(detector, part.node, glossary, deviceCosts(snapshot.design));
  }
  return undefined;
}

/** What the texts are made of. */
interface Known {
  readonly snapshot: Snapshot;
  readonly knowledge: Knowledge;
  readonly options: FeatureOptions;
  readonly glossary: GlossaryAddress;
}

/** What was measured of a backbone, or at the end of one of its stages. */
function measuredText({ knowledge, glossary }: Known, backbone: SnapshotBackbone, stage?: string): string | undefined {
  const measured = knowledge.measured(backbone);
  return measured === undefined
    ? undefined
    : paragraphs(measuredTable(measured, knowledge.now(), stage), zWords(glossary));
}

/** What the next change of a group, or of the groups of a stage, would win and cost. */
function changesText({ options, snapshot }: Known, backbone: SnapshotBackbone, node: AstNode): string | undefined {
  const indexes = backbone.source.groups.flatMap((g, i) => (g.node === node || g.statement === node ? [i] : []));
  if (!backbone.fresh || indexes.length === 0) return undefined;
  return paragraphs(freeText(snapshot, backbone, indexes, options), sensitivityTable(backbone, indexes, options));
}

/** Which widths of groups may grow at no cost of time on a device that the text names. */
function freeText(
  { design }: Snapshot,
  backbone: SnapshotBackbone,
  indexes: readonly number[],
  options: FeatureOptions,
): string | undefined {
  const devices = deviceCosts(design);
  if (devices.length === 0 || backbone.analysis === undefined) return undefined;
  const trials = new Trials(backbone.analysis, scoringOf(backbone, options), backbone.space);
  const { network } = backbone.analysis;
  const texts = indexes.slice(0, MOST_FREE).flatMap((index) =>
    freeWidths(trials, index, devices).map((free) => {
      const name = indexes.length === 1 ? '' : `${groupName(network, index)} `;
      return `${name}${freeWidthText(free)}`;
    }),
  );
  return texts.length === 0 ? undefined : `${texts.join('; ')}.`;
}

/** Nobody reads on. */
const MOST_FREE = 12;

/** The word that begins at or contains the offset, or the one that ends there. */
function leafAt(snapshot: Snapshot, offset: number): LeafCstNode | undefined {
  const root = snapshot.design.parsed.file.$cstNode;
  if (root === undefined) return undefined;
  const leaf = CstUtils.findLeafNodeAtOffset(root, offset);
  if (leaf !== undefined && leaf.offset <= offset && offset < leaf.end) return leaf;
  return offset > 0 ? CstUtils.findLeafNodeAtOffset(root, offset - 1) : undefined;
}

function textOf(known: Known, node: AstNode, word: string): string | undefined {
  const { snapshot, glossary } = known;
  if (ast.isBackbone(node)) return backboneText(known, node, word);
  if (ast.isInputStatement(node)) return wordHover('input', STATEMENTS.input);
  if (ast.isEntropyStatement(node)) return wordHover('entropy', STATEMENTS.entropy, glossary);
  if (ast.isStageWeight(node)) return weightText(known, node);
  if (ast.isWithin(node)) return withinText(snapshot, node, word);
  if (ast.isStem(node) || ast.isStage(node)) return stageText(known, node);
  if (isGraphPart(node)) return graphText(known, graphMeaning(snapshot, node, word));
  if (ast.isGroup(node)) return groupText(known, node);
  if (ast.isDetector(node) || ast.isClassesLine(node) || ast.isPartLine(node))
    return detectorWordHover(snapshot, node, word, glossary);
  if (ast.isBackboneLine(node)) return backboneLineText(known, node, word);
  if (ast.isArgument(node)) {
    const { name = '', $container: container } = node;
    if (ast.isPartLine(container)) return partArgumentHover(container, name, glossary);
    const argument = ast.isGroup(container) ? argumentNamed(name) : undefined;
    return argument === undefined ? undefined : argumentHover(argument, glossary);
  }
  if (ast.isBudget(node)) return budgetText(snapshot, (budget) => budget.node === node);
  if (ast.isLimit(node)) {
    const device = deviceHover(snapshot, node, word);
    if (device !== undefined && word !== node.cost) return device;
    const budget = budgetText(snapshot, ({ limits }) => limits.some((limit) => limit.node === node));
    return paragraphs(device ?? costHover(node.cost, glossary), limitWorth(snapshot, node, known.knowledge), budget);
  }
  if (ast.isSearch(node)) return searchText(snapshot, node);
  if (ast.isStartSetting(node)) return startText(known, node, word);
  if (ast.isVarySetting(node) || ast.isVaryUse(node)) return varyHover(snapshot, node, word, glossary);
  if (ast.isSpace(node) || ast.isSpaceLine(node) || ast.isSpaceValue(node))
    return spaceWordHover(snapshot, node, word, glossary);
  if (!ast.isValueSetting(node)) return undefined;
  const device = deviceHover(snapshot, node, word);
  if (device !== undefined) return device;
  if (node.name === 'space' && word !== 'space') return spaceHover(snapshot, word);
  return node.name === 'minimise' && word === node.value
    ? costHover(word, glossary)
    : settingHover(node.name, glossary);
}

function backboneText(known: Known, node: ast.Backbone, word: string): string | undefined {
  if (word === '{' || word === '}') return undefined;
  const backbone = known.snapshot.backbones.find((b) => b.source.node === node);
  return backbone === undefined ? wordHover('backbone', DECLARATIONS.backbone) : numbersOf(known, backbone);
}

function numbersOf(known: Known, backbone: SnapshotBackbone): string {
  const { options, glossary } = known;
  const devices = deviceCosts(known.snapshot.design);
  const best = backbone.fresh ? bestNextText(backbone, options) : undefined;
  const { length } = backbone.source.groups;
  const changes = length > MOST_GROUPS ? tooLargeText(length) : best === undefined ? undefined : `${best}.`;
  const scored = { scoring: scoringOf(backbone, options), scoreSays: scoreSays(backbone, options) };
  return backboneHover(backbone, { measured: measuredText(known, backbone), changes, glossary, devices, ...scored });
}

const budgetText = (snapshot: Snapshot, is: (budget: Snapshot['design']['budgets'][number]) => boolean) => {
  const budget = snapshot.design.budgets.find(is);
  return budget === undefined ? undefined : budgetHover(snapshot, budget);
};

function withinText(snapshot: Snapshot, node: ast.Within, word: string): string | undefined {
  if (word === 'within') return wordHover('within', STATEMENTS.within);
  return budgetText(snapshot, (budget) => budget.name === node.budget?.$refText);
}

function startText(known: Known, node: ast.StartSetting, word: string): string | undefined {
  if (word === 'start') return wordHover('start', STATEMENTS.start);
  const name = node.backbone?.$refText;
  const detector = known.snapshot.detectors.find(({ source }) => source.name === name);
  return (
    namedText(known, name) ??
    (detector === undefined ? undefined : detectorHover(detector, known.glossary, deviceCosts(known.snapshot.design)))
  );
}

/** The backbone that a detector is built on. */
const backboneLineText = (known: Known, node: ast.BackboneLine, word: string): string | undefined =>
  word === 'backbone' ? wordHover('backbone', DETECTOR_WORDS.backbone) : namedText(known, node.backbone?.$refText);

/** The numbers of a backbone of this name. */
function namedText(known: Known, name: string | undefined): string | undefined {
  const backbone = known.snapshot.backbones.find((b) => b.source.name === name);
  return backbone === undefined ? undefined : numbersOf(known, backbone);
}

function searchText({ design }: Snapshot, node: ast.Search): string | undefined {
  const search = design.searches.find((s) => s.node === node);
  if (search === undefined) return undefined;
  const from = startedDetector(search, design)?.name ?? startOf(search, design)?.name;
  return searchHover(search, from, budgetOf(search, design)?.name);
}

/** The numbers of one group, or what its block is while it has none. */
function groupText(known: Known, node: ast.Group): string | undefined {
  const { block } = recovered(node);
  const definition = block === undefined ? undefined : blockNamed(block);
  return groupNumbers(known, node) ?? (definition === undefined ? undefined : blockHover(definition));
}

/** The numbers of one group; of a broken one as far as it can be read. */
function groupNumbers(known: Known, node: ast.Group): string | undefined {
  for (const backbone of known.snapshot.backbones) {
    const group = shownGroups(backbone).find(({ source }) => source.node === node);
    if (group === undefined || backbone.analysis === undefined) continue;
    const { analysis } = group;
    const measured = measuredText(known, backbone, analysis.lowered.place);
    const changes = changesText(known, backbone, node);
    const devices = deviceCosts(known.snapshot.design);
    return paragraphs(
      backbone.fresh ? undefined : STALE,
      groupHover(backbone.analysis, analysis, { measured, changes, glossary: known.glossary, devices }),
    );
  }
  return undefined;
}

function stageText(known: Known, node: ast.Stem | ast.Stage): string {
  const { glossary } = known;
  const [first] = node.groups;
  const backbone = known.snapshot.backbones.find((b) => b.source.groups.some((g) => g.node === first));
  const group = backbone === undefined ? undefined : shownGroups(backbone).find(({ source }) => source.node === first);
  const stage = backbone?.analysis?.stages[(group?.analysis.lowered.stage ?? 0) - 1];
  if (backbone?.analysis !== undefined && stage !== undefined) {
    const measured = measuredText(known, backbone, stage.lowered.name);
    const changes = changesText(known, backbone, node);
    const devices = deviceCosts(known.snapshot.design);
    const scoring = scoringOf(backbone, known.options);
    return stageHover(backbone.analysis, stage, backbone.fresh, { measured, changes, glossary, scoring, devices });
  }
  return ast.isStem(node)
    ? wordHover('stem', STATEMENTS.stem, glossary)
    : wordHover('stage', STATEMENTS.stage, glossary);
}

/** A node with its numbers, and a word of a graph with what it means. */
function graphText(known: Known, { group, word }: GraphMeaning): string | undefined {
  const numbers = group === undefined ? undefined : groupNumbers(known, group);
  if (numbers !== undefined) return numbers;
  if (word !== undefined) return wordHover(word, GRAPH_WORDS[word], known.glossary);
  return group === undefined ? undefined : groupText(known, group);
}

function weightText(known: Known, node: ast.StageWeight): string {
  const { glossary } = known;
  const backbone = known.snapshot.backbones.find((b) => b.source.node === node.$container.$container);
  const stage = backbone?.analysis?.stages.find((s) => s.lowered.name === node.stage);
  if (backbone?.analysis === undefined || stage === undefined)
    return wordHover('entropy', STATEMENTS.entropy, glossary);
  const measured = measuredText(known, backbone, node.stage);
  const scoring = scoringOf(backbone, known.options);
  const devices = deviceCosts(known.snapshot.design);
  return stageHover(backbone.analysis, stage, backbone.fresh, { measured, glossary, scoring, devices });
}
