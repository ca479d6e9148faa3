import { sameBackbone } from '../backbone/backbone.ts';
import { designEdits } from '../features/design-edits.ts';
import type { ReadySearch } from '../features/search-targets.ts';
import { snapshotOf } from '../features/snapshot.ts';
import { applyEdits } from '../language/rewrite.ts';
import type { SearchResult } from '../search/task.ts';

/**
 * A text with the design in it, changed only where it must be: numbers and their columns, where the backbone still has
 * the same groups. Undefined when the text moved on and no longer holds the backbone that the search started from.
 */
export function withDesign(text: string, search: ReadySearch, result: SearchResult): string | undefined {
  const { design, backbones } = snapshotOf(text);
  const source = backbones.find((b) => b.source.name === search.start.name)?.source;
  const { backbone: before } = search.backbone.source;
  if (source?.backbone === undefined || before === undefined || !sameBackbone(source.backbone, before))
    return undefined;
  return applyEdits(text, designEdits(design, source, result.backbone));
}
