import { DEFAULT_SPACE } from '../space/presets.ts';
import type { Space } from '../space/space.ts';
import { byName } from './by-name.ts';
import type { Design } from './design.ts';
import type { NameUse } from './name-use.ts';
import type { BackboneSource } from './read-backbone.ts';
import type { BudgetSource } from './read-budget.ts';
import type { SearchSource } from './read-search.ts';
import type { SpaceSource } from './read-space.ts';
import { basesOf, spaceNamed } from './spaces.ts';

type Sources = Pick<Design, 'backbones' | 'budgets' | 'searches'>;

export const backbonesOf = byName<BackboneSource>(({ name }) => name);
const budgetsOf = byName<BudgetSource>(({ name }) => name);
const searchesFrom = byName<SearchSource>(({ start }) => start?.name);

/** The backbone a search starts from: the one it names, or the only one. */
export function startOf({ start }: SearchSource, { backbones }: Sources): BackboneSource | undefined {
  if (start === undefined) return backbones.length === 1 ? backbones[0] : undefined;
  return backbonesOf(backbones, start.name)[0];
}

/** The budget a search must hold: the one it names, or the only one. */
export function budgetOf({ within }: SearchSource, { budgets }: Sources): BudgetSource | undefined {
  if (within === undefined) return budgets.length === 1 ? budgets[0] : undefined;
  return budgetsOf(budgets, within.name)[0];
}

/** The searches that start from a backbone, in the order of the file. */
export function searchesFor(backbone: BackboneSource, design: Sources): SearchSource[] {
  const { backbones, searches } = design;
  const named = backbones.length === 1 ? searches : searchesFrom(searches, backbone.name);
  return named.filter((search) => startOf(search, design) === backbone);
}

/**
 * The budgets a backbone is held to: the one it names itself, those of the searches that start from it, and, in a file
 * of one backbone and one budget, that one.
 */
export function budgetsFor(backbone: BackboneSource, design: Sources): BudgetSource[] {
  const { within } = backbone;
  const isOnly = design.backbones.length === 1;
  const own = budgetsOf(design.budgets, within?.name);
  const searched = searchesFor(backbone, design).flatMap((search) => budgetOf(search, design) ?? []);
  const implied = isOnly && design.budgets.length === 1 ? design.budgets : [];
  return [...new Set([...own, ...searched, ...implied])];
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
