import { type InlayHint, MarkupKind, type Range } from 'vscode-languageserver-types';
import type { GroupAnalysis } from '../analysis/analyse.ts';
import { stageName } from '../backbone/backbone.ts';
import { costText, nats, shapeText, si, signed } from './numbers.ts';
import { entropyKey, type FeatureOptions, type HintPart, shownCost } from './options.ts';
import { type Snapshot, type SnapshotBackbone, shownGroups } from './snapshot.ts';

/** At the end of each group's line: what it yields and costs. While the text is broken, its last good numbers. */
export function inlayHints(snapshot: Snapshot, range: Range, options: FeatureOptions): InlayHint[] {
  return snapshot.backbones.flatMap((backbone) =>
    shownGroups(backbone).flatMap(({ source, analysis }) => {
      const position = hintPosition(snapshot, source.span.end);
      if (position.line < range.start.line || position.line > range.end.line) return [];
      const label = options.hints.map((part) => partText(part, analysis, backbone, options)).join(' · ');
      const tooltip = { kind: MarkupKind.Markdown, value: tooltipOf(analysis, backbone) };
      return label === '' ? [] : [{ position, label, tooltip, paddingLeft: true }];
    }),
  );
}

/** Behind everything on the line, a comment too, unless another group follows on it. */
function hintPosition(snapshot: Snapshot, end: number) {
  const text = snapshot.document.getText();
  const newline = text.indexOf('\n', end);
  const rest = text.slice(end, newline < 0 ? text.length : newline).trimEnd();
  const onlyComment = /^\s*(\/\/.*|\/\*([^*]|\*(?!\/))*\*\/\s*)?$/.test(rest);
  return snapshot.document.positionAt(onlyComment ? end + rest.length : end);
}

function partText(part: HintPart, g: GroupAnalysis, backbone: SnapshotBackbone, options: FeatureOptions): string {
  const key = entropyKey(options);
  switch (part) {
    case 'shape':
      return shapeText(g.lowered);
    case 'entropy':
      return `H ${nats(g.entropy[key])} ${signed(g.gain[key])}`;
    case 'cost': {
      const cost = shownCost(backbone, options);
      return costText(cost, g.costs[cost]);
    }
    case 'params':
      return `${si(g.costs.params.total, 3)} params`;
  }
}

function tooltipOf(g: GroupAnalysis, backbone: SnapshotBackbone): string {
  const { costs, lowered, logStd, entropy, gain } = g;
  const { height, width } = backbone.source.input ?? { height: 0, width: 0 };
  const { mean, sd } = logStd.finiteWidth;
  const lines = [
    `**${stageName(lowered.stage)}** · ${lowered.group.block} · output ${shapeText(lowered)} (channels × height × width)`,
    backbone.fresh ? '' : '_The text cannot be read at the moment: these are its last good numbers._',
    '| entropy at its end | H (nats) | gain |',
    '|:--|--:|--:|',
    `| fan-in | ${entropy.fanIn.toFixed(2)} | ${signed(gain.fanIn, (v) => v.toFixed(2))} |`,
    `| exact, linear | ${entropy.exact.toFixed(2)} | ${signed(gain.exact, (v) => v.toFixed(2))} |`,
    `| finite width, relu (log σ only) | ${mean.toFixed(2)} ± ${sd.toFixed(2)} | |`,
    '',
    `| cost at ${height}×${width} | |`,
    '|:--|--:|',
    `| macs | ${si(costs.macs)} |`,
    `| thop | ${si(costs.thop)} |`,
    `| mmcv | ${si(costs.mmcv)} |`,
    `| tinynas | ${si(costs.tinynas)} |`,
    `| params | ${si(costs.params.total)} |`,
    `| layers | ${costs.layers} |`,
    `| peak activation memory | ${si(costs.memoryBytes)}B |`,
  ];
  return lines.filter((line, i) => line !== '' || lines[i - 1] !== '').join('\n');
}
