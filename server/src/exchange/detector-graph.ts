import { lower } from '../backbone/lower.ts';
import type { Detector } from '../detector/detector.ts';
import { type LoweredSection, lowerDetector } from '../detector/lower.ts';
import type { Output } from '../graph/graph.ts';
import type { PlacedGraph } from './onnx-writer/write-network.ts';

/** A detector as one graph that hands on what its heads predict, level by level; undefined where its neck reads what is not there. */
export function detectorGraph(detector: Detector): PlacedGraph | undefined {
  const network = lowerDetector(detector, lower(detector.backbone));
  if (network === undefined) return undefined;
  const { backbone, parts } = network;
  const sections = [...backbone.groups, ...parts.flatMap((part) => part.sections)];
  let index = backbone.groups.length;
  const outputs = parts.flatMap((part) =>
    part.sections.flatMap((section): Output[] => {
      const place = index++;
      return part.role === 'head' && predicts(section) ? [{ name: section.place, section: place }] : [];
    }),
  );
  return { ...network, sections, outputs };
}

/** Towers end in an activation, predictions in none. */
const predicts = ({ cells }: LoweredSection): boolean => {
  const { nodes = [], output = -1 } = cells.at(-1)?.cell ?? {};
  return nodes[output]?.operator.op !== 'activation';
};
