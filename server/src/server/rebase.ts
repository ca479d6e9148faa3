import { textEdits } from '../features/edit-action.ts';
import type { Snapshot } from '../features/snapshot.ts';
import { readDesign } from '../language/design.ts';
import { applyEdits, type Edit } from '../language/rewrite.ts';
import { rewriteInLayout } from '../language/rewrite-layout.ts';
import { spanOf } from '../language/span.ts';
import type { RebaseAnswer } from './protocol.ts';

/**
 * What a design would change in a text that is newer than the one it was searched from. Where the backbone still has
 * the same groups only numbers and their columns change, and comments stay; otherwise the backbone is replaced as a whole.
 */
export function rebase(snapshot: Snapshot, backboneText: string): RebaseAnswer {
  const design = readDesign(backboneText).backbones[0]?.backbone;
  const target = snapshot.backbones.find((b) => b.source.name === design?.name)?.source;
  if (design === undefined || target === undefined) return null;
  const sameShape = target.backbone !== undefined && target.groups.length === design.groups.length;
  const edits: Edit[] = sameShape
    ? rewriteInLayout(snapshot.design.parsed, target, design)
    : [{ span: spanOf(target.node), text: backboneText.trimEnd() }];
  const text = applyEdits(snapshot.document.getText(), edits);
  return { version: snapshot.document.version, edits: textEdits(snapshot, edits), text };
}
