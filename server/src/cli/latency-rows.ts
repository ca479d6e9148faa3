import { type CostName, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { type Snapshot, type SnapshotBackbone, shownGroups } from '../features/snapshot.ts';
import type { Graph, Section } from '../graph/graph.ts';
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
  const rowOf = ({ name }: { readonly name: string }, { network, costs }: Analysed) => ({
    name,
    input: network.image,
    milliseconds: costOf(costs, cost),
    outside: outsideOf(network.sections, model),
  });
  const backbones = snapshot.backbones.flatMap((backbone): LatencyRow[] => {
    const { analysis, fresh, source } = backbone;
    if (analysis === undefined || !fresh) return [];
    return [{ ...rowOf(source, analysis), lines: linesOf(snapshot, backbone, cost, model) }];
  });
  const detectors = snapshot.detectors.flatMap(({ analysis, fresh, source }): LatencyRow[] => {
    if (analysis === undefined || !fresh) return [];
    const parts = analysis.parts.map(({ name, costs }) => ({ name, milliseconds: costOf(costs, cost) }));
    return [{ ...rowOf(source, analysis), lines: [], parts }];
  });
  return { backbones, detectors };
}

/** A backbone or a detector with its numbers. */
interface Analysed {
  readonly network: Graph;
  readonly costs: Costs;
}

const outsideOf = (sections: readonly Section[], model: DeviceModel): string[] => [
  ...new Set(
    sections.flatMap((section) => sectionOutside(section, model).map(({ operation }) => operationText(operation))),
  ),
];

function linesOf(snapshot: Snapshot, backbone: SnapshotBackbone, cost: CostName, model: DeviceModel): LatencyLine[] {
  const { document } = snapshot;
  return shownGroups(backbone).map(({ source: { span }, analysis: { lowered, costs } }) => {
    const text = document.getText().slice(span.start, span.end);
    return {
      line: document.positionAt(span.start).line + 1,
      text: text.replace(/\s*(\/\/|\/\*)[\s\S]*$/, '').replace(/\s+/g, ' '),
      milliseconds: costOf(costs, cost),
      outside: sectionOutside(lowered, model).length > 0,
    };
  });
}
