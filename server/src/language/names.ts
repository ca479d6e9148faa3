import type { Design } from './design.ts';
import { graphNameAt } from './graph-names.ts';
import type { NameUse } from './name-use.ts';
import { maeServices } from './parse.ts';
import type { Span } from './problem.ts';
import { type BackboneSource, nameSpan } from './read-backbone.ts';
import { levelsNaming, placesIn, startedDetector } from './resolve.ts';
import { contains, spanOf } from './span.ts';

export type NameKind = 'backbone' | 'detector' | 'budget' | 'search' | 'space';

/** The lists of a design whose members have names. */
export type NameList = 'backbones' | 'detectors' | 'budgets' | 'searches' | 'spaces';

/** A declared name with every place that uses it. Each kind has names of its own, and each graph has nodes and outputs. */
export interface Name {
  readonly kind: NameKind | 'node' | 'output' | 'stem';
  readonly name: string;
  readonly declaration: Span;
  readonly uses: readonly Span[];
}

type Sources = Pick<Design, NameList>;

/** Everything in the file that names a declaration of one kind. */
export function usesOf(design: Sources, kind: NameKind): NameUse[] {
  const { searches, spaces, backbones, detectors } = design;
  const starts = (isDetector: boolean): NameUse[] =>
    searches.flatMap((s) => ((startedDetector(s, design) !== undefined) === isDetector ? (s.start ?? []) : []));
  switch (kind) {
    case 'backbone':
      return [...starts(false), ...detectors.flatMap((d) => d.backbone ?? [])];
    case 'detector':
      return starts(true);
    case 'budget':
      return [...searches, ...backbones, ...detectors].flatMap((s) => s.within ?? []);
    case 'space':
      return [...searches.map((s) => s.space), ...spaces.map((s) => s.like)].flatMap((use) => use ?? []);
    default:
      return [];
  }
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
    ...declared('detector', design.detectors),
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
    const levels = levelsNaming(backbone, design);
    const level = levels.find((use) => contains(use.span, offset));
    const place = placesIn(backbone, design).find((use) => contains(use.span, offset));
    if (level === undefined && place === undefined && !contains(spanOf(backbone.node), offset)) continue;
    const { nodes = [], outputs = [] } = backbone.graph ?? {};
    const declared =
      level === undefined ? nodes.find((n) => n.name === place?.name) : outputs.find((o) => o.name === level.name);
    const found = graphNameAt(backbone, declared?.span.start ?? offset);
    const name = found && inOthers(found, backbone, levels, design);
    const span = [name?.declaration, ...(name?.uses ?? [])].find((s) => s !== undefined && contains(s, offset));
    if (name !== undefined && span !== undefined) return { name, span };
  }
  return undefined;
}

/** A node with the places of spaces that mean it, an output with those of detectors. */
function inOthers(name: Name, backbone: BackboneSource, levels: readonly NameUse[], design: Design): Name {
  const others = name.kind === 'node' ? placesIn(backbone, design) : name.kind === 'output' ? levels : [];
  const uses = others.filter((use) => use.name === name.name);
  return uses.length === 0 ? name : { ...name, uses: [...name.uses, ...uses.map(({ span }) => span)] };
}

/** What a search may start from has one set of names. */
const STARTED: readonly Name['kind'][] = ['backbone', 'detector'];

/** Whether another declaration of its kind, or of its graph, has a name already. */
export function isTaken(design: Design, name: Name, wanted: string): boolean {
  if (wanted === name.name) return false;
  const graph = design.backbones.find(({ node }) => contains(spanOf(node), name.declaration.start))?.graph;
  if (name.kind === 'node') return graph?.nodes.some((node) => node.name === wanted) === true;
  if (name.kind === 'output') return graph?.outputs.some((output) => output.name === wanted) === true;
  const kinds = STARTED.includes(name.kind) ? STARTED : [name.kind];
  return namesOf(design).some((other) => kinds.includes(other.kind) && other.name === wanted);
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
