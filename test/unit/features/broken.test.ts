import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Range } from 'vscode-languageserver-types';
import { completion } from '../../../server/src/features/completion.ts';
import { foldingRanges } from '../../../server/src/features/folding.ts';
import { formatDocument } from '../../../server/src/features/formatting.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { formatOnType } from '../../../server/src/features/on-type-formatting.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { definition, documentHighlights, references } from '../../../server/src/features/references.ts';
import { prepareRename, rename } from '../../../server/src/features/rename.ts';
import { selectionRanges } from '../../../server/src/features/selection-ranges.ts';
import { semanticTokens } from '../../../server/src/features/semantic-tokens.ts';
import { signatureHelp } from '../../../server/src/features/signature-help.ts';
import type { Snapshot } from '../../../server/src/features/snapshot.ts';
import { documentSymbols } from '../../../server/src/features/symbols.ts';
import { atOffset } from './cursor.ts';
import { editedSampleWithOffset } from './sample.ts';

/** Every range anywhere in an answer. */
function rangesIn(value: unknown): Range[] {
  if (Array.isArray(value)) return value.flatMap(rangesIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('start' in value && 'end' in value) return [value as Range];
  return Object.values(value).flatMap(rangesIn);
}

const inside = ({ document }: Snapshot, range: Range): boolean => {
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return start <= end && document.positionAt(start).line === range.start.line;
};

test('no feature throws on a text in any state, and every range lies in it', () => {
  fc.assert(
    fc.property(editedSampleWithOffset, ({ text, offset }) => {
      const { snapshot, position } = atOffset(text, offset);
      const symbols = documentSymbols(snapshot);
      const answers = [
        symbols,
        foldingRanges(snapshot).filter((f) => f.startLine >= f.endLine || f.endLine >= snapshot.document.lineCount),
        formatDocument(snapshot),
        selectionRanges(snapshot, [position]),
        hover(snapshot, position),
        formatOnType(snapshot, position),
        signatureHelp(snapshot, position),
        semanticTokens(snapshot),
        completion(snapshot, position, DEFAULT_OPTIONS, { snippets: true }),
        definition(snapshot, position),
        references(snapshot, position, true),
        documentHighlights(snapshot, position),
        prepareRename(snapshot, position),
        rename(snapshot, position, 'other'),
      ];
      expect(answers[1]).toEqual([]);
      expect(rangesIn(answers).filter((range) => !inside(snapshot, range))).toEqual([]);
      expect(symbols.filter((s) => s.name === '')).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
