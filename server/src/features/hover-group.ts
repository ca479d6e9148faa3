import { shapeText, si, signed } from '../../../common/numbers.ts';
import type { BackboneAnalysis, GroupAnalysis } from '../analysis/analyse.ts';
import type { Argument } from '../backbone/arguments.ts';

import type { BlockDefinition } from '../backbone/block-definition.ts';
import { blockOf } from '../backbone/blocks.ts';
import { macsOf, weightsOf } from '../cost/count.ts';
import { partCosts } from '../cost/registry.ts';
import { spatialLogs, widthLogStd } from '../entropy/exact.ts';
import { fanInLogStd } from '../entropy/fan-in.ts';
import type { Field } from '../entropy/field.ts';
import { scoredConvs, scoredPath } from '../entropy/scored.ts';
import { type Cell, type GraphNode, shapeAt } from '../graph/cell.ts';
import { repeatsOf } from '../graph/graph.ts';
import type { Shape } from '../graph/shapes.ts';
import { NO_GLOSSARY } from './glossary.ts';
import {
  type Beside,
  costsText,
  costTable,
  entropyTable,
  entropyText,
  entropyWords,
  inputText,
} from './hover-tables.ts';
import { code, paragraphs, table } from './markdown.ts';
import { isExtrapolated } from './outside-profile.ts';

/**
 * A group: what it is and yields, what its next changes would win, what it costs, and the closed forms beside what was
 * measured; then every layer of its first block and one of the others, which are all alike but for the exact log γ.
 */
export function groupHover(
  analysis: BackboneAnalysis,
  group: GroupAnalysis,
  { measured, changes, glossary = NO_GLOSSARY, devices = [] }: Beside = {},
): string {
  const { lowered, logStd, entropy, gain } = group;
  const { input } = analysis.backbone;
  const { block, depth } = lowered.group;
  const from = shapeText(lowered.from);
  return paragraphs(
    `**${lowered.place} · ${block} × ${depth}** · ${from} → ${shapeText(lowered)} (channels × height × width) at ${inputText(input)}`,
    `${blockOf(lowered.group).doc}.`,
    `${entropyText(entropy)}. This group adds ${signed(gain.fanIn)} (fan-in), ${signed(gain.exact)} (exact). ${costsText(group.costs, devices)}.`,
    entropyWords(glossary),
    changes,
    costTable(group.costs, input, [...partCosts(), ...devices], (name) => isExtrapolated(lowered, name)),
    entropyTable(logStd, lowered.channels),
    measured,
    layerTable(analysis, group),
    'log γ = ½ ln(in / groups · k²) by fan-in; exact counts the zeros of the padding (linear). Both in nats.',
  );
}

interface Row {
  readonly node: GraphNode;
  readonly cell: Cell;
  /** log γ by fan-in and exactly, of a convolution that is scored. */
  readonly log?: { readonly fanIn: number; readonly exact: number | undefined };
}

/** What is drawn of a cell: its convolutions and the windows that pool. */
const SHOWN: ReadonlySet<string> = new Set(['conv', 'maxpool', 'avgpool']);

function layerTable(analysis: BackboneAnalysis, { lowered }: GroupAnalysis): string {
  const [read = -1] = lowered.reads;
  let field = (analysis.groups[read]?.flow ?? analysis.start).spatial.field as Field | undefined;
  const parts = repeatsOf(lowered).map(({ cell }) => {
    const path = field === undefined ? undefined : scoredPath(cell);
    const passed = path === undefined || field === undefined ? undefined : spatialLogs(path, field);
    // Behind a cell that branches the field is another one, which this table does not follow.
    field = passed?.field;
    return rowsOf(cell, passed?.logs);
  });
  const { depth } = lowered.group;
  const titles = [
    ...(lowered.merge === undefined ? [] : ['what it reads, brought together']),
    'first block',
    depth === 2 ? 'second block' : `blocks 2 to ${depth}, each; exact of the second`,
  ];
  const title = (text: string): string[] => [`_${text}_`, '', '', '', '', ''];
  const { image } = analysis.network;
  return table(
    ['layer', 'output', 'macs', 'params', 'log γ fan-in', 'log γ exact'],
    parts.flatMap((rows, i) => [
      ...(parts.length > 1 ? [title(titles[i] ?? '')] : []),
      ...rows.map((row) => layerRow(row, image)),
    ]),
  );
}

/** @param spatial the share of log γ that no width has a part in, for each scored convolution where it is known */
function rowsOf(cell: Cell, spatial: readonly number[] | undefined): Row[] {
  const scored = scoredConvs(cell);
  return cell.nodes
    .filter(({ operator }) => SHOWN.has(operator.op))
    .map((node): Row => {
      const index = scored.findIndex((conv) => conv.node === node);
      const conv = scored[index];
      if (conv === undefined) return { node, cell };
      const share = spatial?.[index];
      const exact = share === undefined ? undefined : widthLogStd(conv) + share;
      return { node, cell, log: { fanIn: fanInLogStd(conv), exact } };
    });
}

function layerRow({ node, cell, log }: Row, image: Shape): string[] {
  const counted = { node, cell, image };
  const isConv = node.operator.op === 'conv';
  // BatchNorm has two parameters for each channel that it follows.
  const params = weightsOf(counted) + 2 * node.shape.channels;
  const [macs, size] = isConv ? [si(macsOf(counted)), si(params)] : ['–', '–'];
  const shown = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(2));
  return [layerName(node, cell), shapeText(node.shape), macs, size, shown(log?.fanIn), shown(log?.exact)];
}

/** «3×3 64→64, stride 2», «shortcut 1×1 64→256» */
function layerName(node: GraphNode, cell: Cell): string {
  const { operator, role } = node;
  const place = role === 'shortcut' ? 'shortcut ' : role === 'squeeze-excite' ? 'squeeze-and-excitation ' : '';
  if (operator.op !== 'conv' && operator.op !== 'maxpool' && operator.op !== 'avgpool') return operator.op;
  const { kernel, stride } = operator;
  const window = `${kernel}×${kernel}`;
  const step = stride === 1 ? '' : `, stride ${stride}`;
  if (operator.op !== 'conv')
    return `${place}${operator.op === 'maxpool' ? 'max-pool' : 'average-pool'} ${window}${step}`;
  const { channels } = shapeAt(cell, node.reads[0] ?? -1);
  const groups =
    operator.groups === 1 ? '' : operator.groups === channels ? ' depthwise' : ` in ${operator.groups} groups`;
  const dilation = operator.dilation === 1 ? '' : `, dilation ${operator.dilation}`;
  return `${place}${window}${groups} ${channels}→${node.shape.channels}${step}${dilation}`;
}

/** A block that has no numbers yet: what it is and what it takes. */
export function blockHover({ name, doc, required, optional }: BlockDefinition): string {
  const row = (words: string, argument: Argument): string[] => [words, argument.doc];
  return paragraphs(
    `**${name}** · ${doc}`,
    table(
      ['argument', 'meaning'],
      [
        ...required.map((argument) => row(code(argument.name), argument)),
        ...optional.map((argument) => row(`${code(argument.name)} (optional)`, argument)),
      ],
      [1],
    ),
  );
}
