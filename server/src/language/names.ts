import type { Design } from './design.ts';
import { graphNameAt } from './graph-names.ts';
import type { NameUse } from './name-use.ts';
import { maeServices } from './parse.ts';
import type { Span } from './problem.ts';
import { type BackboneSource, nameSpan } from './read-backbone.ts';
import { placesIn } from './resolve.ts';
import { contains, spanOf } from './span.ts';

export type NameKind = 'backbone' | 'budget' | 'search' | 'space';

/** The lists of a design whose members have names. */
export type NameList = 'backbones' | 'budgets' | 'searches' | 'spaces';

/** A declared name with every place that uses it. Each kind has names of its own, and each graph has nodes and outputs. */
export interface Name {
  readonly kind: NameKind | 'node' | 'output' | 'stem';
  readonly name: string;
  readonly declaration: Span;
  readonly uses: readonly Span[];
}

/** Everything in the file that names a declaration of one kind. */
export function usesOf(design: Pick<Design, 'backbones' | 'searches' | 'spaces'>, kind: NameKind): NameUse[] {
  if (kind === 'backbone') return design.searches.flatMap((s) => s.start ?? []);
  if (kind === 'budget') return [...design.searches, ...design.backbones].flatMap((s) => s.within ?? []);
  if (kind === 'space')
    return [...design.searches.map((s) => s.space), ...design.spaces.map((s) => s.like)].flatMap((use) => use ?? []);
  return [];
}

/** The names of a file in the order of their declarations; the first declaration of a name counts. */
export function namesOf(design: Design): Name[] {
  const declared = (kind: NameKind, sources: Design[NameList]): Name[] => {
    const seen = new Set<string>();
    const uses = Map.groupBy(usesOf(design, kind), (use) => use.name);
    return sources.flatMap(({ name, node }) => {
      if (name === undefined || name === '' || seen.has(name)) return [];
      seen.add(name);
      const spans = (uses.get(name) ?? []).map((use) => use.span);
      return [{ kind, name, declaration: nameSpan(node), uses: spans }];
    });
  };
  return [
    ...declared('backbone', design.backbones),
    ...declared('budget', design.budgets),
    ...declared('search', design.searches),
    ...declared('space', design.spaces),
  ];
}

/** The name whose declaration or use stands at an offset. */
export function nameAt(design: Design, offset: number): { readonly name: Name; readonly span: Span } | undefined {
  for (const name of namesOf(design)) {
    const span = [name.declaration, ...name.uses].find((place) => contains(place, offset));
    if (span !== undefined) return { name, span };
  }
  for (const backbone of design.backbones) {
    const place = placesIn(backbone, design).find((use) => contains(use.span, offset));
    if (place === undefined && !contains(spanOf(backbone.node), offset)) continue;
    const node = place === undefined ? undefined : backbone.graph?.nodes.find((n) => n.name === place.name);
    const found = graphNameAt(backbone, node?.span.start ?? offset);
    const name = found && inSpaces(found, backbone, design);
    const span = [name?.declaration, ...(name?.uses ?? [])].find((s) => s !== undefined && contains(s, offset));
    if (name !== undefined && span !== undefined) return { name, span };
  }
  return undefined;
}

/** A node with the places of spaces that mean it. */
function inSpaces(name: Name, backbone: BackboneSource, design: Design): Name {
  if (name.kind !== 'node') return name;
  const uses = placesIn(backbone, design).filter((use) => use.name === name.name);
  return { ...name, uses: [...name.uses, ...uses.map(({ span }) => span)] };
}

/** Whether another declaration of its kind, or of its graph, has a name already. */
export function isTaken(design: Design, name: Name, wanted: string): boolean {
  if (wanted === name.name) return false;
  const graph = design.backbones.find(({ node }) => contains(spanOf(node), name.declaration.start))?.graph;
  if (name.kind === 'node') return graph?.nodes.some((node) => node.name === wanted) === true;
  if (name.kind === 'output') return graph?.outputs.some((output) => output.name === wanted) === true;
  return namesOf(design).some((other) => other.kind === name.kind && other.name === wanted);
}

/** Why a text cannot be a name, in a sentence; undefined when it can. */
export function nameFault(text: string): string | undefined {
  const { tokens, errors } = maeServices().parser.Lexer.written(text);
  const [token, ...others] = tokens;
  const whole = token?.image === text && others.length === 0 && errors.length === 0;
  if (whole && token.tokenType.name === 'ID') return undefined;
  if (whole && /^\p{L}/u.test(text)) return `'${text}' is a word of the language and cannot be a name.`;
  return `'${text}' cannot be a name: use a letter or _, then letters, digits, _ and inner hyphens, such as r50_start.`;
}
