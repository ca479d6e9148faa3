import { percent } from '../../../common/numbers.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import { DETECTOR_COSTS, type DetectorAnalysis, type PartAnalysis } from '../detector/analyse.ts';
import { levelName } from '../detector/builder.ts';
import type { PartArgument, PartDefinition } from '../detector/part-definition.ts';
import { defaultOf, partNamed } from '../detector/parts.ts';
import { partSources } from '../language/detector-source.ts';
import * as ast from '../language/generated/ast.ts';
import { recovered } from '../language/span.ts';
import { DECLARATIONS, DETECTOR_WORDS } from '../language/word-docs.ts';
import { amountText, costText } from './cost-text.ts';
import { deviceCosts } from './device-costs.ts';
import { explained, type GlossaryAddress, NO_GLOSSARY, readMore } from './glossary.ts';
import { inputText } from './hover-tables.ts';
import { wordHover } from './hover-words.ts';
import { code, example, paragraphs, table } from './markdown.ts';
import type { Snapshot, SnapshotDetector } from './snapshot.ts';

const STALE = '_The detector cannot be read now: these are its last numbers._';

/** What each part of a detector costs by every convention, and the whole. */
export function detectorHover(
  { source, analysis, budgets, fresh }: SnapshotDetector,
  glossary: GlossaryAddress = NO_GLOSSARY,
  devices: readonly CostName[] = [],
): string {
  const title = `**detector ${source.name}**`;
  if (analysis === undefined) return paragraphs(title, DECLARATIONS.detector.doc, readMore(glossary, 'detector'));
  const { detector, costs, parts, network } = analysis;
  const names = [...DETECTOR_COSTS, ...devices];
  const row = (name: string, part: Pick<PartAnalysis, 'costs'>): string[] => [
    name,
    ...names.map((cost) => amountText(cost, costOf(part.costs, cost))),
  ];
  const limits = budgets.flatMap(({ name, budget }) =>
    budget.limits.map(
      ({ cost, amount }) =>
        `${costText(cost, costOf(costs, cost))}: ${percent(costOf(costs, cost) / amount)} of ${name} (${amountText(cost, amount)})`,
    ),
  );
  return paragraphs(
    `${title} · ${inputText(detector.backbone.input)}, ${detector.classes} classes`,
    fresh ? undefined : STALE,
    table(['part', ...names], [...parts.map((part) => row(part.name, part)), row('all', analysis)]),
    `Levels ${network.levels.map(({ shape }) => `${levelName(shape)} ${shape.channels}×${shape.height}×${shape.width}`).join(', ')}.`,
    `Peak of activations ${amountText('memory', costs.memory)} (float32, batch 1).`,
    limits.length === 0 ? undefined : limits.join('; '),
    countedText(glossary),
  );
}

/** What each convention counts, for who meets the numbers of one network that differ. */
function countedText(glossary: GlossaryAddress): string {
  const [macs, thop, mmcv] = (['macs', 'thop', 'mmcv'] as const).map((name) => explained(glossary, name));
  return `_${macs}: convolutions and linear layers; ${thop} adds biases and BatchNorm; ${mmcv}, by which mmdetection’s tables are counted, adds norms, ReLUs and pools._`;
}

/** A neck or head with what it costs here. */
export function partHover(
  detector: SnapshotDetector,
  node: ast.PartLine,
  glossary: GlossaryAddress = NO_GLOSSARY,
  devices: readonly CostName[] = [],
): string | undefined {
  const { source, analysis, fresh } = detector;
  const index = partSources(source).findIndex((part) => part.node === node);
  const definition = partSources(source)[index]?.definition ?? partNamed(recovered(node).kind ?? '');
  if (definition === undefined) return undefined;
  const part = analysis?.parts[index + 1];
  const numbers =
    analysis === undefined || part?.name !== definition.name
      ? undefined
      : paragraphs(fresh ? undefined : STALE, costs(part, analysis, devices));
  return paragraphs(
    `**${definition.name}** · ${definition.doc}`,
    numbers,
    definition.arguments.length === 0 ? undefined : argumentsTable(definition),
    example(definition.example),
    readMore(glossary, definition.name),
  );
}

function costs(part: PartAnalysis, { costs: whole }: DetectorAnalysis, devices: readonly CostName[]): string {
  return table(
    ['', 'here', 'of the whole'],
    [...DETECTOR_COSTS, ...devices].map((cost) => {
      const own = costOf(part.costs, cost);
      return [cost, amountText(cost, own), percent(own / costOf(whole, cost))];
    }),
  );
}

const argumentsTable = (definition: PartDefinition): string =>
  table(
    ['argument', 'default', 'is'],
    definition.arguments.map((argument) => [argument.name, defaultText(argument), argument.doc]),
    [1, 2],
  );

const defaultText = (argument: PartArgument): string =>
  code(argument.type === 'levels' ? argument.default : String(defaultOf(argument)));

/** An argument of a neck or head. */
export function partArgumentHover(
  line: ast.PartLine,
  name: string,
  glossary: GlossaryAddress = NO_GLOSSARY,
): string | undefined {
  const argument = partNamed(recovered(line).kind ?? '')?.arguments.find((own) => own.name === name);
  if (argument === undefined) return undefined;
  const title = `**${name}** · ${argument.doc}`;
  const otherwise = `Default: ${defaultText(argument)}.`;
  if (argument.type === 'levels') return paragraphs(title, otherwise);
  if (argument.type === 'number') {
    const { min, max } = argument.rule;
    const { formula } = argument;
    return paragraphs(
      title,
      formula === undefined ? undefined : code(formula),
      `A whole number from ${min} to ${max}.`,
      otherwise,
      readMore(glossary, name),
    );
  }
  const values = Object.entries(argument.values).map(([value, meaning]) => [code(value), meaning]);
  return paragraphs(title, table(['value', 'meaning'], values, [1]), otherwise);
}

/** A word of a detector's lines: what it means, or the numbers of what it names. Undefined for what the hover of names knows. */
export function detectorWordHover(
  snapshot: Snapshot,
  node: ast.Detector | ast.ClassesLine | ast.PartLine,
  word: string,
  glossary: GlossaryAddress = NO_GLOSSARY,
): string | undefined {
  if (ast.isClassesLine(node)) return wordHover('classes', DETECTOR_WORDS.classes);
  const devices = deviceCosts(snapshot.design);
  const declaration = ast.isPartLine(node) ? node.$container : node;
  const detector = snapshot.detectors.find(({ source }) => source.node === declaration);
  if (ast.isDetector(node))
    return word === 'detector' || detector === undefined
      ? wordHover('detector', DECLARATIONS.detector, glossary)
      : detectorHover(detector, glossary, devices);
  if (word === 'neck' || word === 'head') return wordHover(word, DETECTOR_WORDS[word], glossary);
  return detector === undefined ? undefined : partHover(detector, node, glossary, devices);
}
