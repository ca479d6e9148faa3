import { sameFields } from '../backbone/backbone.ts';
import { Holding } from '../backbone/holding.ts';
import type { Network } from '../backbone/lower.ts';
import type { Graph, Section } from '../graph/graph.ts';
import { sameShape } from '../graph/shapes.ts';
import { DetectorBuilder, type Level, levelName, type PartSection } from './builder.ts';
import type { Detector, Part } from './detector.ts';
import { isFault, levelsRead } from './levels.ts';
import { partNamed } from './parts.ts';

/** A section of a neck or head in the graph of the whole. */
export interface LoweredSection extends Section, Pick<PartSection, 'place'> {}

/** A neck or head with what it became. */
export interface LoweredPart {
  readonly part: Part;
  readonly role: 'neck' | 'head';
  readonly sections: readonly LoweredSection[];
  /** What it reads: outputs of the backbone, or levels of the neck. */
  readonly reads: readonly Level[];
}

/** A whole detector as one graph: the backbone's sections first, then those of the neck and of each head. */
export interface DetectorNetwork extends Graph {
  readonly backbone: Network;
  readonly parts: readonly LoweredPart[];
  /** The outputs of the backbone that the neck reads, or the heads where there is none. */
  readonly read: readonly Level[];
  /** What the heads read. */
  readonly levels: readonly Level[];
}

/** Necks and heads behind some levels, without what waits while they run. */
interface BuiltParts {
  readonly sections: readonly PartSection[];
  /** How many of them each part has, the neck first. */
  readonly counts: readonly number[];
  readonly levels: readonly Level[];
}

export const partsOf = ({ neck, heads }: Pick<Detector, 'neck' | 'heads'>): readonly Part[] =>
  neck === undefined ? heads : [neck, ...heads];

/** What a neck makes is called by its resolution; outputs of the backbone keep their names. */
const named =
  (first: number) =>
  (level: Level): Level =>
    level.section < first ? level : { ...level, name: levelName(level.shape) };

/** @param first how many sections the backbone has */
function buildParts(detector: Detector, read: readonly Level[], first: number): BuiltParts {
  const net = new DetectorBuilder(first);
  const counts: number[] = [];
  let levels = read;
  for (const part of partsOf(detector)) {
    const before = net.sections.length;
    const definition = partNamed(part.kind);
    if (definition?.role === 'neck') levels = definition.build(net, part, levels).map(named(first));
    else definition?.build(net, part, levels, detector.classes);
    counts.push(net.sections.length - before);
  }
  return { sections: net.sections, counts, levels };
}

/**
 * Lowers a detector behind its lowered backbone (docs/method.md 5). Undefined where the neck reads what the backbone does not
 * have. What did not change since a previous lowering is taken over, the very objects.
 */
export function lowerDetector(
  detector: Detector,
  backbone: Network,
  previous?: { readonly detector: Detector; readonly network: DetectorNetwork },
): DetectorNetwork | undefined {
  const read = levelsRead(detector.neck, backbone);
  if (isFault(read)) return undefined;
  const count = backbone.groups.length;
  const before = previous?.network;
  const same =
    before !== undefined &&
    before.backbone.groups.length === count &&
    previous?.detector.classes === detector.classes &&
    sameFields(partsOf(previous.detector), partsOf(detector)) &&
    sameLevels(before.read, read);
  if (same && before.backbone === backbone) return before;
  const { parts, levels } = same ? before : lowerParts(detector, backbone, read);
  const sections = [...backbone.groups, ...parts.flatMap((part) => part.sections)];
  return {
    name: detector.name,
    image: backbone.image,
    sections,
    order: runOrder(backbone, sections.length),
    outputs: backbone.outputs,
    backbone,
    parts,
    read,
    levels,
  };
}

const runOrder = ({ order, groups }: Network, sections: number): number[] => [
  ...order,
  ...Array.from({ length: sections - groups.length }, (_, i) => groups.length + i),
];

/**
 * Necks and heads with what waits while they run.
 *
 * @param read what the backbone hands on, which may be other shapes than its own
 */
export function lowerParts(detector: Detector, backbone: Network, read: readonly Level[]) {
  const built = buildParts(detector, read, backbone.groups.length);
  const reads = [...backbone.groups, ...built.sections].map((section) => section.reads);
  const holding = new Holding(reads, runOrder(backbone, reads.length));
  const shapes = backbone.groups.map(({ to }, index) => read.find(({ section }) => section === index)?.shape ?? to);
  return { parts: loweredParts(detector, read, built, holding, shapes), levels: built.levels };
}

const sameLevels = (a: readonly Level[], b: readonly Level[]): boolean =>
  a.length === b.length &&
  a.every((level, i) => {
    const other = b[i] ?? level;
    return level.name === other.name && level.section === other.section && sameShape(level.shape, other.shape);
  });

function loweredParts(
  detector: Detector,
  read: readonly Level[],
  built: BuiltParts,
  holding: Holding,
  before: readonly Level['shape'][],
): LoweredPart[] {
  const { sections } = built;
  const shapes = [...before, ...sections.map(({ to }) => to)];
  let at = 0;
  return partsOf(detector).map((part, i): LoweredPart => {
    const role = partNamed(part.kind)?.role ?? 'head';
    const own = sections.slice(at, at + (built.counts[i] ?? 0)).map(({ reads, cell, place, to }, n): LoweredSection => {
      const index = before.length + at + n;
      const heldElements = holding.elements(index, shapes);
      const from = cell.inputs[0] ?? to;
      // What reads one tensor is no merge, and the closed forms have terms for it.
      const cells =
        cell.inputs.length === 1 ? { merge: undefined, cells: [{ cell, times: 1 }] } : { merge: cell, cells: [] };
      return { reads, ...cells, keeps: holding.keeps(index), heldElements, from, to, place };
    });
    at += own.length;
    return { part, role, sections: own, reads: role === 'neck' ? read : built.levels };
  });
}
