import type { Backbone } from '../backbone/backbone.ts';
import { format, formatEdits } from './format.ts';
import type { ParsedFile } from './parse.ts';
import type { BackboneSource } from './read-backbone.ts';
import { replacement } from './replacement.ts';
import { applyEdits, type Edit, rewriteBackbone } from './rewrite.ts';

/**
 * As `rewriteBackbone`. Where the text stood in its canonical layout it does so afterwards: a number that gets longer or
 * shorter takes its column along, with one edit on each line that changes. Any other layout is left as it is.
 */
export function rewriteInLayout(parsed: ParsedFile, source: BackboneSource, to: Backbone): Edit[] {
  const edits = rewriteBackbone(source, to);
  if (edits.length === 0 || formatEdits(parsed).length > 0) return edits;
  return lineEdits(parsed.text, format(applyEdits(parsed.text, edits))) ?? edits;
}

/** What changes on each line; undefined where lines come or go. */
function lineEdits(before: string, after: string): Edit[] | undefined {
  const [lines, others] = [before.split('\n'), after.split('\n')];
  if (lines.length !== others.length) return undefined;
  let offset = 0;
  return lines.flatMap((line, index): Edit[] => {
    const { span, text } = replacement(line, others[index] ?? '');
    const [start, end] = [offset + span.start, offset + span.end];
    offset += line.length + 1;
    return start === end && text === '' ? [] : [{ span: { start, end }, text }];
  });
}
