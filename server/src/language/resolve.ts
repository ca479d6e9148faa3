import { DEFAULT_SPACE } from '../space/presets.ts';
import type { Space } from '../space/space.ts';
import { byName } from './by-name.ts';
import type { Design } from './design.ts';
import { type DetectorLines, type DetectorSource, levelUses } from './detector-source.ts';
import type { NameUse } from './name-use.ts';
import type { BackboneSource } from './read-backbone.ts';
import type { BudgetSource } from './read-budget.ts';
import type { SearchSource } from './read-search.ts';
import type { SpaceSource } from './read-space.ts';
import { basesOf, spaceNamed } from './spaces.ts';

type Sources = Pick<Design, 'backbones' | 'detectors' | 'budgets' | 'searches'>;

export const backbonesOf = byName<BackboneSource>(({ name }) => name);
const budgetsOf = byName<BudgetSource>(({ name }) => name);
const searchesFrom = byName<SearchSource>(({ start }) => start?.name);

const named = byName<DetectorSource>(({ name }) => name);
const detectorsOn = byName<DetectorSource>(({ backbone }) => backbone?.name);

/** The backbone that a detector is built on: the one it names, or the only one. */
export function backboneOf(
  { backbone }: Pick<DetectorLines, 'backbone'>,
  { backbones }: Pick<Sources, 'backbones'>,
): BackboneSource | undefined {
  if (backbone === undefined) return backbones.length === 1 ? backbones[0] : undefined;
  return backbonesOf(backbones, backbone.name)[0];
}

/** The detectors that are built on a backbone, in the order of the file. */
export function detectorsOf(backbone: BackboneSource, design: Sources): DetectorSource[] {
  const { backbones, detectors } = design;
  const naming = backbones.length === 1 ? detectors : detectorsOn(detectors, backbone.name);
  return naming.filter((detector) => backboneOf(detector, design) === backbone);
}

/** The detector whose name a search starts from; undefined where that is a backbone, or nothing. */
export function startedDetector(
  { start }: SearchSource,
  { backbones, detectors }: Sources,
): DetectorSource | undefined {
  if (start === undefined || backbonesOf(backbones, start.name).length > 0) return undefined;
  return named(detectors, start.name)[0];
}

/** The backbone that a search changes: the one it starts from, that of the detector it starts from, or the only one. */
export function startOf(search: SearchSource, design: Sources): BackboneSource | undefined {
  const { start } = search;
  const { backbones } = design;
  if (start === undefined) return backbones.length === 1 ? backbones[0] : undefined;
  const detector = startedDetector(search, design);
  return detector === undefined ? backbonesOf(backbones, start.name)[0] : backboneOf(detector, design);
}

/** The budget a search must hold: the one it names, or the only one. */
export function budgetOf({ within }: SearchSource, { budgets }: Sources): BudgetSource | undefined {
  if (within === undefined) return budgets.length === 1 ? budgets[0] : undefined;
  return budgetsOf(budgets, within.name)[0];
}

/** The searches that start from a backbone itself, in the order of the file. */
export function searchesFor(backbone: BackboneSource, design: Sources): SearchSource[] {
  const { backbones, searches } = design;
  const starting = backbones.length === 1 ? searches : searchesFrom(searches, backbone.name);
  return starting.filter(
    (search) => startOf(search, design) === backbone && startedDetector(search, design) === undefined,
  );
}

/** The searches that start from a detector, in the order of the file: they change its backbone within its budget. */
export const searchesForDetector = (detector: DetectorSource, design: Sources): SearchSource[] =>
  searchesFrom(design.searches, detector.name).filter((search) => startedDetector(search, design) === detector);

/**
 * The budgets a backbone is held to: the one it names itself, those of the searches that start from it, and, in a file
 * of one backbone and one budget, that one, unless it is a detector's.
 */
export function budgetsFor(backbone: BackboneSource, design: Sources): BudgetSource[] {
  const { within } = backbone;
  const isOnly = design.backbones.length === 1 && design.budgets.length === 1;
  const own = budgetsOf(design.budgets, within?.name);
  const searched = searchesFor(backbone, design).flatMap((search) => budgetOf(search, design) ?? []);
  const isFree = isOnly && design.detectors.every((detector) => budgetsForDetector(detector, design).length === 0);
  return [...new Set([...own, ...searched, ...(isFree ? design.budgets : [])])];
}

/** The budgets that the whole of a detector is held to: the one it names itself, and those of the searches that start from it. */
export function budgetsForDetector(detector: DetectorSource, design: Sources): BudgetSource[] {
  const { within } = detector;
  const own = within === undefined ? [] : budgetsOf(design.budgets, within.name);
  const searched = searchesForDetector(detector, design).flatMap((search) => budgetOf(search, design) ?? []);
  return [...new Set([...own, ...searched])];
}

/** The space that a search looks in; undefined for one that it names and there is none of. */
export const spaceNamedBy = ({ space }: SearchSource, { spaces }: Pick<Design, 'spaces'>): Space | undefined =>
  space === undefined ? DEFAULT_SPACE : spaceNamed(space.name, spaces);

/** The spaces of the file that decide what a search may change: the one that it names, and what that is like. */
export function spacesOf({ space }: SearchSource, { spaces }: Pick<Design, 'spaces'>): readonly SpaceSource[] {
  const own = spaces.find(({ name }) => name === space?.name);
  const bases = own === undefined ? [] : basesOf(own, spaces);
  return own === undefined ? [] : [own, ...(bases === 'cycle' ? [] : bases)];
}

/** The backbones that are searched in a space of the file, or in one that is like it. */
export function startsIn(source: SpaceSource, design: Sources & Pick<Design, 'spaces'>): BackboneSource[] {
  const holds = (other: SpaceSource): boolean => {
    if (other === source) return true;
    const bases = basesOf(other, design.spaces);
    return bases !== 'cycle' && bases.includes(source);
  };
  const names = new Set(design.spaces.filter(holds).map(({ name }) => name));
  const starts = design.searches.flatMap((search) =>
    search.space !== undefined && names.has(search.space.name) ? (startOf(search, design) ?? []) : [],
  );
  return [...new Set(starts)];
}

/** Where spaces in which a backbone is searched name one of its places. */
export function placesIn(backbone: BackboneSource, design: Sources & Pick<Design, 'spaces'>): NameUse[] {
  return design.spaces.flatMap((space) =>
    startsIn(space, design).includes(backbone)
      ? [
          ...space.places.map(({ place }) => place),
          ...space.keep.map(({ kept, place }) => ({ name: kept.place, span: place })),
        ]
      : [],
  );
}

/** Where detectors that are built on a backbone name its stages or outputs. */
export const levelsNaming = (backbone: BackboneSource, design: Sources): NameUse[] =>
  detectorsOf(backbone, design).flatMap(levelUses);
