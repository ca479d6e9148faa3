import type { Network } from '../backbone/lower.ts';
import type { Detector, Part } from './detector.ts';
import { isFault, levelsRead } from './levels.ts';
import { lowerParts, partsOf } from './lower.ts';
import type { LevelFacts, PartFault } from './part-definition.ts';
import { partNamed } from './parts.ts';

/** Something wrong with where a part stands. */
export interface FoundFault extends PartFault {
  readonly part: Part;
}

/** What the parts of a detector find wrong behind this backbone; nothing where the neck's range itself is wrong. */
export function partFaults(detector: Detector, backbone: Network): FoundFault[] {
  const read = levelsRead(detector.neck, backbone);
  if (isFault(read)) return [];
  const own = detector.neck === undefined ? [] : faultsOf(detector.neck, read);
  // A pyramid that cannot be built has no levels to judge heads by.
  if (own.length > 0) return own;
  const { levels } = lowerParts({ ...detector, heads: [] }, backbone, read);
  const uneven = unevenLevels(detector, levels);
  return uneven ?? detector.heads.flatMap((head) => faultsOf(head, levels));
}

const faultsOf = (part: Part, levels: readonly LevelFacts[]): FoundFault[] =>
  (partNamed(part.kind)?.faults?.(part.values, levels) ?? []).map((fault) => ({ ...fault, part }));

/** Heads read all levels with the same weights, so these are equally wide. */
function unevenLevels(detector: Detector, levels: readonly LevelFacts[]): FoundFault[] | undefined {
  const widths = new Set(levels.map(({ shape }) => shape.channels));
  const [first] = partsOf(detector);
  if (widths.size < 2 || first === undefined) return undefined;
  const said = levels.map(({ name, shape }) => `${name} ${shape.channels}`).join(', ');
  const message = `Heads read all levels with the same weights, and these have different channels (${said}): add a neck, such as fpn().`;
  return [{ part: first, message }];
}
