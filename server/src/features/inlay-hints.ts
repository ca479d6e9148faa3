import { type InlayHint, MarkupKind, type Range } from 'vscode-languageserver-types';
import type { GroupAnalysis } from '../analysis/analyse.ts';
import { stageName } from '../backbone/backbone.ts';
import { costTable, entropyTable, STALE } from './hover-tables.ts';
import { type Knowledge, NOTHING_KNOWN } from './knowledge.ts';
import { paragraphs } from './markdown.ts';
import { measuredTable } from './measured-text.ts';
import { costText, nats, shapeText, si, signed } from './numbers.ts';
import { entropyKey, type FeatureOptions, type HintPart, shownCost } from './options.ts';
import { type Snapshot, type SnapshotBackbone, shownGroups } from './snapshot.ts';

/** At the end of each group's line: what it yields and costs. While the text is broken, its last good numbers. */
export function inlayHints(
  snapshot: Snapshot,
  range: Range,
  options: FeatureOptions,
  knowledge: Knowledge = NOTHING_KNOWN,
): InlayHint[] {
  return snapshot.backbones.flatMap((backbone) =>
    shownGroups(backbone).flatMap(({ source, analysis }) => {
      const position = hintPosition(snapshot, source.span.end);
      if (position.line < range.start.line || position.line > range.end.line) return [];
      const label = options.hints.map((part) => partText(part, analysis, backbone, options)).join(' · ');
      const tooltip = { kind: MarkupKind.Markdown, value: tooltipOf(analysis, backbone, knowledge) };
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

function tooltipOf(g: GroupAnalysis, backbone: SnapshotBackbone, knowledge: Knowledge): string {
  const { costs, lowered, logStd, gain } = g;
  const title = `**${stageName(lowered.stage)}** · ${lowered.group.block} · output ${shapeText(lowered)} (channels × height × width)`;
  const gains = `gain: ${signed(gain.fanIn, twoDigits)} fan-in, ${signed(gain.exact, twoDigits)} exact (nats)`;
  const measured = knowledge.measured(backbone);
  return paragraphs(
    title,
    backbone.fresh ? undefined : STALE,
    entropyTable(logStd, lowered.channels),
    gains,
    measured === undefined ? undefined : measuredTable(measured, knowledge.now()),
    backbone.analysis === undefined ? undefined : costTable(costs, backbone.analysis.backbone.input),
  );
}

const twoDigits = (value: number): string => value.toFixed(2);
