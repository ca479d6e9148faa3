import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { formatOnType } from '../../../server/src/features/on-type-formatting.ts';
import { at } from './cursor.ts';

function typed(marked: string): string {
  const { snapshot, position } = at(marked);
  return TextDocument.applyEdits(snapshot.document, formatOnType(snapshot, position));
}

const OTHER = 'search  other{}';

test.each<[string, string, string]>([
  ['a finished declaration', `${OTHER}\nsearch {seed   1}‸`, `${OTHER}\nsearch {\n  seed 1\n}`],
  [
    'a finished line, but not the one of the cursor',
    `search {\nseed   1\n    ‸\n}\n${OTHER}`,
    `search {\n  seed 1\n    \n}\n${OTHER}`,
  ],
  [
    'the columns above',
    'backbone a {\n  stem conv()\n  stage C2 conv()\n  ‸\n}',
    'backbone a {\n  stem     conv()\n  stage C2 conv()\n  \n}',
  ],
  ['nothing while the text is broken', 'search {\nseed   \n‸', 'search {\nseed   \n'],
  ['nothing between declarations', 'search  a {}\n‸\nsearch  b {}', 'search  a {}\n\nsearch  b {}'],
])('%s', (_, text, expected) => expect(typed(text)).toBe(expected));
