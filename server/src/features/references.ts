import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type Position,
} from 'vscode-languageserver-types';
import type { Design } from '../language/design.ts';
import * as ast from '../language/generated/ast.ts';
import { nameAt, usesOf } from '../language/names.ts';
import type { Span } from '../language/problem.ts';
import { levelsNaming, placesIn } from '../language/resolve.ts';
import { contains, firstWord, propertySpan } from '../language/span.ts';
import { STEM_PLACE } from '../space/limits.ts';
import { offsetAt, rangeOf, type Snapshot } from './snapshot.ts';

/** Where a thing is declared and used. */
interface Places {
  readonly declaration: Span;
  readonly uses: readonly Span[];
}

/** Where the backbone, detector, budget, search or stage under the cursor is declared. */
export function definition(snapshot: Snapshot, position: Position): Location | undefined {
  const places = placesAt(snapshot, position);
  return places === undefined ? undefined : locationOf(snapshot, places.declaration);
}

/** The space that a word names which the file does not declare: a preset, if anything. */
export function foreignSpace(snapshot: Snapshot, position: Position): string | undefined {
  const { design } = snapshot;
  const offset = offsetAt(snapshot, position);
  const use = usesOf(design, 'space').find(({ span }) => contains(span, offset));
  return use !== undefined && !design.spaces.some(({ name }) => name === use.name) ? use.name : undefined;
}

/** Every use of it in the order of the text, with its declaration if that is wanted. */
export function references(snapshot: Snapshot, position: Position, includeDeclaration: boolean): Location[] {
  const places = placesAt(snapshot, position);
  if (places === undefined) return [];
  const spans = [...(includeDeclaration ? [places.declaration] : []), ...places.uses];
  return spans.sort((a, b) => a.start - b.start).map((span) => locationOf(snapshot, span));
}

/** The same places, told apart by whether they declare (write) or use (read). */
export function documentHighlights(snapshot: Snapshot, position: Position): DocumentHighlight[] {
  const places = placesAt(snapshot, position);
  if (places === undefined) return [];
  return [
    { range: rangeOf(snapshot, places.declaration), kind: DocumentHighlightKind.Write },
    ...places.uses.map((span) => ({ range: rangeOf(snapshot, span), kind: DocumentHighlightKind.Read })),
  ];
}

const locationOf = (snapshot: Snapshot, span: Span): Location => ({
  uri: snapshot.document.uri,
  range: rangeOf(snapshot, span),
});

function placesAt(snapshot: Snapshot, position: Position): Places | undefined {
  const offset = offsetAt(snapshot, position);
  return nameAt(snapshot.design, offset)?.name ?? stageAt(snapshot.design, offset);
}

/** A stage of a backbone: its line, its weight in the entropy line, its limits in spaces, and detectors that read it. C1 is the stem. */
function stageAt(design: Design, offset: number): Places | undefined {
  for (const backbone of design.backbones) {
    const { node } = backbone;
    const places = [...placesIn(backbone, design), ...levelsNaming(backbone, design)];
    const weights = node.statements.filter(ast.isEntropyStatement).flatMap((s) => s.weights);
    for (const statement of node.statements) {
      if (!ast.isStem(statement) && !ast.isStage(statement)) continue;
      const name = ast.isStem(statement) ? 'C1' : statement.name;
      const declaration = ast.isStem(statement) ? firstWord(statement) : propertySpan(statement, 'name');
      const word = ast.isStem(statement) ? STEM_PLACE : name;
      const uses = [
        ...weights.filter((w) => w.stage === name).map((w) => propertySpan(w, 'stage')),
        ...places.filter((use) => use.name === name || use.name === word).map(({ span }) => span),
      ];
      if ([declaration, ...uses].some((span) => contains(span, offset))) return { declaration, uses };
    }
  }
  return undefined;
}
