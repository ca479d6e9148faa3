import type { Backbone } from '../backbone/backbone.ts';
import type { Design } from '../language/design.ts';
import { printBackbone } from '../language/print.ts';
import type { BackboneSource } from '../language/read-backbone.ts';
import type { Edit } from '../language/rewrite.ts';
import { rewriteInLayout } from '../language/rewrite-layout.ts';
import { spanOf } from '../language/span.ts';

/**
 * What a design changes in a text. Where the backbone has the same groups only numbers and their columns change, and
 * comments stay; otherwise the backbone is replaced as a whole.
 */
export function designEdits({ parsed }: Pick<Design, 'parsed'>, target: BackboneSource, design: Backbone): Edit[] {
  if (target.backbone !== undefined && target.groups.length === design.groups.length) {
    return rewriteInLayout(parsed, target, design);
  }
  // A search from a detector looks at its input; the backbone keeps its own.
  const own = { ...design, input: target.backbone?.input ?? design.input };
  const lineEnd = parsed.text.includes('\r\n') ? '\r\n' : '\n';
  return [{ span: spanOf(target.node), text: printBackbone(own).trimEnd().replaceAll('\n', lineEnd) }];
}
