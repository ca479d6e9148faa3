import { type InlayHint, type MarkupContent, MarkupKind, type Range } from 'vscode-languageserver-types';
import { fineNats, shapeText, signed } from '../../../common/numbers.ts';
import type { GroupAnalysis } from '../analysis/analyse.ts';
import { nameSpan } from '../language/read-backbone.ts';
import { spanOf } from '../language/span.ts';
import { partHints, wholeHint } from './detector-hints.ts';
import { shownPartCosts } from './device-costs.ts';
import { hintText, hintWriter } from './hint-text.ts';
import { costTable, entropyTable, STALE } from './hover-tables.ts';
import { type Knowledge, NOTHING_KNOWN } from './knowledge.ts';
import { limitHints } from './limit-worth.ts';
import { paragraphs } from './markdown.ts';
import { measuredTable } from './measured-text.ts';
import type { FeatureOptions } from './options.ts';
import { bestNextText } from './sensitivity.ts';
import { type Snapshot, type SnapshotBackbone, type SnapshotDetector, shownGroups } from './snapshot.ts';

/** When tooltips are written: with the hints, or when a client that can ask for one does so. */
export type Tooltips = 'now' | 'on-demand';

/** What leads from a hint back to its group, for a tooltip on demand. */
interface HintData {
  readonly uri: string;
  readonly backbone: number;
  readonly group: number;
}

/** At the end of each group's line: what it adds and costs. While the text is broken, as far as it can be read. */
export function inlayHints(
  snapshot: Snapshot,
  range: Range,
  options: FeatureOptions,
  knowledge: Knowledge = NOTHING_KNOWN,
  tooltips: Tooltips = 'now',
): InlayHint[] {
  const { uri } = snapshot.document;
  const inRange = ({ position: { line } }: InlayHint): boolean => line >= range.start.line && line <= range.end.line;
  const detectors = snapshot.detectors.flatMap((detector) => detectorHints(snapshot, detector, options));
  const backbones = snapshot.backbones.flatMap((backbone, index) => {
    const cellsOf = hintWriter(backbone, options);
    const groups = shownGroups(backbone).flatMap(({ source, analysis }, group): InlayHint[] => {
      const label = hintText(cellsOf([analysis]));
      if (label === '') return [];
      const hint = { position: hintPosition(snapshot, source.span.end), label, paddingLeft: true };
      if (!inRange(hint)) return [];
      if (tooltips === 'now') return [{ ...hint, tooltip: tooltipOf(snapshot, analysis, backbone, knowledge) }];
      return [{ ...hint, data: { uri, backbone: index, group } satisfies HintData }];
    });
    return [...bestNextHint(snapshot, backbone, options).filter(inRange), ...groups];
  });
  const budgets = (options.hints.length === 0 ? [] : limitHints(snapshot, knowledge)).map(
    ({ node, text }): InlayHint => ({
      position: hintPosition(snapshot, spanOf(node).end),
      label: text,
      paddingLeft: true,
    }),
  );
  return [...backbones, ...detectors.filter(inRange), ...budgets.filter(inRange)];
}

/** Behind each part of a detector what it costs, and behind its name what all of it does. */
function detectorHints(snapshot: Snapshot, detector: SnapshotDetector, options: FeatureOptions): InlayHint[] {
  const whole = wholeHint(detector, options);
  return [...(whole === undefined ? [] : [whole]), ...partHints(detector, options)].flatMap(({ span, cells }) => {
    const label = hintText(cells);
    return label === '' ? [] : [{ position: hintPosition(snapshot, span.end), label, paddingLeft: true }];
  });
}

/** A hint with its tooltip; as it was when its group is no longer there. */
export function resolveHint(snapshot: Snapshot, hint: InlayHint, knowledge: Knowledge = NOTHING_KNOWN): InlayHint {
  const { backbone: index, group } = hint.data as HintData;
  const backbone = snapshot.backbones[index];
  const analysis = backbone === undefined ? undefined : shownGroups(backbone)[group]?.analysis;
  if (backbone === undefined || analysis === undefined) return hint;
  return { ...hint, tooltip: tooltipOf(snapshot, analysis, backbone, knowledge) };
}

/** The document that a hint belongs to, where it has a tooltip to ask for. */
export const documentOf = (hint: InlayHint): string | undefined => (hint.data as HintData | undefined)?.uri;

/** Behind the brace that opens a backbone: the change that pays most, which stays there while the text is broken. */
function bestNextHint(snapshot: Snapshot, backbone: SnapshotBackbone, options: FeatureOptions): InlayHint[] {
  const label = options.bestNext ? bestNextText(backbone, options) : undefined;
  if (label === undefined) return [];
  const { end } = nameSpan(backbone.source.node);
  const brace = /^\s*\{/.exec(snapshot.document.getText().slice(end))?.[0].length ?? 0;
  const hint = { position: hintPosition(snapshot, end + brace), label, paddingLeft: true };
  return [backbone.fresh ? hint : { ...hint, tooltip: { kind: MarkupKind.Markdown, value: STALE } }];
}

/** Behind everything on the line, a comment too, unless another group follows on it. */
function hintPosition(snapshot: Snapshot, end: number) {
  const text = snapshot.document.getText();
  const newline = text.indexOf('\n', end);
  const rest = text.slice(end, newline < 0 ? text.length : newline).trimEnd();
  const onlyComment = /^\s*(\/\/.*|\/\*([^*]|\*(?!\/))*\*\/\s*)?$/.test(rest);
  return snapshot.document.positionAt(onlyComment ? end + rest.length : end);
}

function tooltipOf(
  snapshot: Snapshot,
  g: GroupAnalysis,
  backbone: SnapshotBackbone,
  knowledge: Knowledge,
): MarkupContent {
  const { costs, lowered, logStd, gain } = g;
  const title = `**${lowered.place}** · ${lowered.group.block} · output ${shapeText(lowered)} (channels × height × width)`;
  const gains = `gain: ${signed(gain.fanIn, fineNats)} fan-in, ${signed(gain.exact, fineNats)} exact (nats)`;
  const measured = knowledge.measured(backbone);
  const value = paragraphs(
    title,
    backbone.fresh ? undefined : STALE,
    entropyTable(logStd, lowered.channels),
    gains,
    measured === undefined ? undefined : measuredTable(measured, knowledge.now()),
    backbone.analysis === undefined
      ? undefined
      : costTable(costs, backbone.analysis.backbone.input, shownPartCosts(snapshot.design)),
  );
  return { kind: MarkupKind.Markdown, value };
}
