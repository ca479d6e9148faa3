import { type Backbone, sameBackbone, sameFields, sameInput } from '../backbone/backbone.ts';
import { lower, type Network } from '../backbone/lower.ts';
import type { Detector } from '../detector/detector.ts';
import { type DetectorLines, type DetectorSource, partSources } from './detector-source.ts';

/** The backbone of a detector at its input; the very object that it was before where it says the same. */
export function backboneAtInput(
  own: Backbone,
  { input }: Pick<DetectorLines, 'input'>,
  known: DetectorSource | undefined,
): Backbone {
  if (input === undefined || sameInput(input, own.input)) return own;
  const before = known?.last?.backbone;
  const at = { ...own, input };
  return before !== undefined && sameBackbone(before, at) ? before : at;
}

/** What the lines of a detector say as a model; undefined where a part could not be read. */
export function detectorModel(
  lines: DetectorLines,
  backbone: Backbone,
  known: DetectorSource | undefined,
): Detector | undefined {
  const { name, classes, neck, heads } = lines;
  const parts = partSources(lines);
  if (!lines.complete || heads.length === 0 || parts.some(({ part }) => part === undefined)) return undefined;
  const detector: Detector = {
    name,
    backbone,
    classes,
    neck: neck?.part,
    heads: heads.flatMap(({ part }) => part ?? []),
  };
  const before = known?.last;
  return before !== undefined && sameDetector(before, detector) ? before : detector;
}

/** Whether two detectors on the very same backbone say the same. */
const sameDetector = (a: Detector, b: Detector): boolean =>
  a.backbone === b.backbone &&
  a.name === b.name &&
  a.classes === b.classes &&
  sameFields(a.neck ?? {}, b.neck ?? {}) &&
  sameFields(a.heads, b.heads);

const networks = new WeakMap<Backbone, Network>();

/**
 * The graph of a backbone, made once for each.
 *
 * @param before an earlier version of it, whose groups are taken over where they are the same
 */
export function networkOf(backbone: Backbone, before?: Backbone): Network {
  const known = networks.get(backbone);
  if (known !== undefined) return known;
  const network = lower(backbone, before && networks.get(before));
  networks.set(backbone, network);
  return network;
}
