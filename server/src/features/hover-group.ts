import type { BackboneAnalysis, GroupAnalysis } from '../analysis/analyse.ts';
import { type BlockKind, type InputSize, stageName } from '../backbone/backbone.ts';
import { isMainConv, type Layer } from '../backbone/layer.ts';
import { costs } from '../cost/cost.ts';
import { exactLogStds } from '../entropy/exact.ts';
import { fanInLogStd } from '../entropy/fan-in.ts';
import { ARGUMENTS, argumentsOf, BLOCKS } from '../language/vocabulary.ts';
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
import { shapeText, si, signed } from './numbers.ts';

/**
 * A group: what it is and yields, what its next changes would win, what it costs, and the closed forms beside what was
 * measured; then every layer of its first block and one of the others, which are all alike but for the exact log γ.
 */
export function groupHover(
  analysis: BackboneAnalysis,
  group: GroupAnalysis,
  { measured, changes, glossary = NO_GLOSSARY }: Beside = {},
): string {
  const { lowered, logStd, entropy, gain } = group;
  const { input } = analysis.network;
  const { block, depth } = lowered.group;
  const inside = lowered.layers[0];
  const from =
    inside === undefined ? '' : shapeText({ channels: lowered.in, height: inside.inHeight, width: inside.inWidth });
  return paragraphs(
    `**${stageName(lowered.stage)} · ${block} × ${depth}** · ${from} → ${shapeText(lowered)} (channels × height × width) at ${inputText(input)}`,
    `${BLOCKS[block].doc}.`,
    `${entropyText(entropy)}. This group adds ${signed(gain.fanIn)} (fan-in), ${signed(gain.exact)} (exact). ${costsText(group.costs)}.`,
    entropyWords(glossary),
    changes,
    costTable(group.costs, input),
    entropyTable(logStd, lowered.channels),
    measured,
    layerTable(analysis, group),
    'log γ = ½ ln(in / groups · k²) by fan-in; exact counts the zeros of the padding (linear). Both in nats.',
  );
}

interface Row {
  readonly layer: Layer;
  readonly exact: number | undefined;
}

function layerTable(analysis: BackboneAnalysis, { lowered }: GroupAnalysis): string {
  const { layers, input } = analysis.network;
  const exact = exactLogStds(layers, input);
  const before = analysis.groups
    .slice(0, lowered.index)
    .flatMap((g) => g.lowered.layers)
    .filter(isMainConv).length;
  let main = before;
  const rows = lowered.layers.map((layer): Row => {
    if (!isMainConv(layer)) return { layer, exact: undefined };
    main += 1;
    return { layer, exact: exact[main - 1] };
  });
  const first = rows.filter((row) => row.layer.block === 0);
  const later = rows.filter((row) => row.layer.block === 1);
  const title = (text: string): string[] => [`_${text}_`, '', '', '', '', ''];
  const { depth } = lowered.group;
  return table(
    ['layer', 'output', 'macs', 'params', 'log γ fan-in', 'log γ exact'],
    [
      ...(later.length > 0 ? [title('first block')] : []),
      ...first.map((row) => layerRow(row, input)),
      ...(later.length > 0
        ? [title(depth === 2 ? 'second block' : `blocks 2 to ${depth}, each; exact of the second`)]
        : []),
      ...later.map((row) => layerRow(row, input)),
    ],
  );
}

function layerRow({ layer, exact }: Row, input: InputSize): string[] {
  const own = costs([layer], input);
  const shape = shapeText({ channels: layer.out, height: layer.height, width: layer.width });
  const [macs, params] = layer.op === 'conv' ? [si(own.macs), si(own.params.total)] : ['–', '–'];
  const fanIn = isMainConv(layer) ? fanInLogStd(layer).toFixed(2) : '–';
  return [layerName(layer), shape, macs, params, fanIn, exact === undefined ? '–' : exact.toFixed(2)];
}

/** «3×3 64→64, stride 2», «shortcut 1×1 64→256» */
function layerName(layer: Layer): string {
  const { role, kernel, stride } = layer;
  const place = role === 'shortcut' ? 'shortcut ' : role === 'squeeze-excite' ? 'squeeze-and-excitation ' : '';
  const window = `${kernel}×${kernel}`;
  const step = stride === 1 ? '' : `, stride ${stride}`;
  if (layer.op !== 'conv') return `${place}${layer.op === 'maxpool' ? 'max-pool' : 'average-pool'} ${window}${step}`;
  return `${place}${window}${layer.groups > 1 ? ' depthwise' : ''} ${layer.in}→${layer.out}${step}`;
}

/** A block that has no numbers yet: what it is and what it takes. */
export const blockHover = (block: BlockKind): string =>
  paragraphs(
    `**${block}** · ${BLOCKS[block].doc}`,
    table(
      ['argument', 'meaning'],
      argumentsOf(block).map((name) => [
        BLOCKS[block].required.includes(name) ? code(name) : `${code(name)} (optional)`,
        ARGUMENTS[name].doc,
      ]),
      [1],
    ),
  );
