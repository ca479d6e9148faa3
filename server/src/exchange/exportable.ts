import type { DetectorSource } from '../language/detector-source.ts';
import type { Span } from '../language/problem.ts';
import { type BackboneSource, nameSpan } from '../language/read-backbone.ts';
import type { ExportedDesign } from './export-format.ts';

/** Something of a text that can be exported. */
export interface Exportable {
  readonly name: string;
  /** Undefined where the text has an error in it. */
  readonly design: ExportedDesign | undefined;
  /** Where the group stands that a format has nothing for; the name where it is no group. */
  readonly spanOf: (group: number | undefined) => Span;
}

export const exportableBackbone = ({ name, backbone, groups, node }: BackboneSource): Exportable => ({
  name,
  design: backbone && { backbone, detector: undefined },
  spanOf: (group) => groups[group ?? -1]?.span ?? nameSpan(node),
});

export const exportableDetector = ({ name, detector, node }: DetectorSource): Exportable => ({
  name,
  design: detector && { backbone: detector.backbone, detector },
  spanOf: () => nameSpan(node),
});
