import { type CostName, costOf } from '../cost/budget.ts';
import { type Snapshot, type SnapshotBackbone, shownGroups } from '../features/snapshot.ts';
import type { Section } from '../graph/graph.ts';
import type { Shape } from '../graph/shapes.ts';
import type { DeviceModel } from '../latency/device-model.ts';
import { operationText, sectionOutside } from '../latency/outside.ts';
import type { Checked } from './latency-check.ts';

/** One line of a design with its share of the time. */
export interface LatencyLine {
  /** Counted from 1. */
  readonly line: number;
  /** As it is written, up to its first comment. */
  readonly text: string;
  readonly milliseconds: number;
  readonly outside: boolean;
}

/** A backbone, or a detector with its parts: the backbone first, then neck and heads. */
export interface LatencyRow {
  readonly name: string;
  readonly input: Shape;
  readonly milliseconds: number;
  /** Operations that lie beyond the profile, each kind and shape once. */
  readonly outside: readonly string[];
  readonly lines: readonly LatencyLine[];
  readonly parts?: readonly { readonly name: string; readonly milliseconds: number }[];
  /** Where it was run on this machine. */
  readonly checked?: Checked;
}

export interface LatencyRows {
  readonly backbones: readonly LatencyRow[];
  readonly detectors: readonly LatencyRow[];
}

/** What every design of a text takes that can be read. */
export function latencyRows(snapshot: Snapshot, cost: CostName, model: DeviceModel): LatencyRows {
  const outsideOf = (sections: readonly Section[]): string[] => [
    ...new Set(
      sections.flatMap((section) => sectionOutside(section, model).map(({ operation }) => operationText(operation))),
    ),
  ];
  const backbones = snapshot.backbones.flatMap((backbone): LatencyRow[] => {
    const { analysis, fresh, source } = backbone;
    if (analysis === undefined || !fresh) return [];
    const { image, groups } = analysis.network;
    return [
      {
        name: source.name,
        input: image,
        milliseconds: costOf(analysis.costs, cost),
        outside: outsideOf(groups),
        lines: linesOf(snapshot, backbone, cost, (section) => sectionOutside(section, model).length > 0),
      },
    ];
  });
  const detectors = snapshot.detectors.flatMap(({ analysis, fresh, source }): LatencyRow[] => {
    if (analysis === undefined || !fresh) return [];
    const { image, sections } = analysis.network;
    return [
      {
        name: source.name,
        input: image,
        milliseconds: costOf(analysis.costs, cost),
        outside: outsideOf(sections),
        lines: [],
        parts: analysis.parts.map(({ name, costs }) => ({ name, milliseconds: costOf(costs, cost) })),
      },
    ];
  });
  return { backbones, detectors };
}

function linesOf(
  snapshot: Snapshot,
  backbone: SnapshotBackbone,
  cost: CostName,
  isOutside: (section: Section) => boolean,
): LatencyLine[] {
  const { document } = snapshot;
  return shownGroups(backbone).map(({ source: { span }, analysis: { lowered, costs } }) => {
    const text = document.getText().slice(span.start, span.end);
    return {
      line: document.positionAt(span.start).line + 1,
      text: text.replace(/\s*(\/\/|\/\*)[\s\S]*$/, '').replace(/\s+/g, ' '),
      milliseconds: costOf(costs, cost),
      outside: isOutside(lowered),
    };
  });
}
