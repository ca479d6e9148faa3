import { expect, test } from 'vitest';
import { documentLinks } from '../../../server/src/features/document-links.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { marked } from './cursor.ts';

/** The text with its links between « and », and where they lead. */
function links(text: string, uri = 'file:///home/me/nets/design.mae') {
  const snapshot = snapshotOf(text, uri);
  const found = documentLinks(snapshot);
  return {
    text: marked(
      snapshot,
      found.map((link) => link.range),
    ),
    targets: found.map((link) => link.target),
  };
}

const ARXIV = 'https://arxiv.org/abs';

test.each<[string, string, string[]]>([
  ['arXiv by its number', '// See «arXiv:2111.13336», fig. 2.', [`${ARXIV}/2111.13336`]],
  ['arXiv with a space', '// «arXiv 2111.13336v2».\nsearch {}', [`${ARXIV}/2111.13336v2`]],
  ['arXiv of before 2007', '// «arxiv: cs.CV/0112017»', [`${ARXIV}/cs.CV/0112017`]],
  ['a DOI', '// («doi:10.1109/5.771073»)', ['https://doi.org/10.1109/5.771073']],
  [
    'a DOI with parentheses of its own',
    '// («DOI: 10.1016/0893-6080(91)90009-T»).',
    ['https://doi.org/10.1016/0893-6080(91)90009-T'],
  ],
  ['a neighbour', '// from «./other.mae», grown', ['file:///home/me/nets/other.mae']],
  ['a file elsewhere', '// (see «../docs/x.md»): all of it', ['file:///home/me/docs/x.md']],
  ['a name with signs', '// «./50%#1.mae»', ['file:///home/me/nets/50%25%231.mae']],
  [
    'several in a block comment of several lines',
    '/* «arXiv:1512.03385»\r\n * and «./a.mae»\r\n   and «doi:10.1000/182»*/\r\nsearch {}',
    [`${ARXIV}/1512.03385`, 'https://doi.org/10.1000/182', 'file:///home/me/nets/a.mae'],
  ],
  ['a comment at the end of a line', 'budget b { macs <= 4G } // «arXiv:2111.13336»', [`${ARXIV}/2111.13336`]],
  ['a comment in a text that is broken', 'backbone a {\n  stem conv( // «./a.mae»', ['file:///home/me/nets/a.mae']],
])('%s', (_, text, targets) => {
  expect(links(text.replaceAll(/[«»]/g, ''))).toEqual({ text, targets });
});

test.each<[string, string]>([
  ['addresses that the editor finds itself', '// https://arxiv.org/abs/2111.13336 http://x.org/?q=arXiv:2111.13336'],
  ['a path inside an address', '// https://x.org/a/./b.md'],
  ['a number alone', '// 2111.13336, arXiv:12, arXiv of 2021'],
  ['a path without an ending', '// ./folder/other or ../.. or ./.. and ...'],
  ['a file without a path', '// other.mae'],
  ['what is no comment', 'backbone arXiv { input 3 x 2111.13336 x ./a.mae }'],
])('no link: %s', (_, text) => expect(links(text).targets).toEqual([]));

test.each<[string, string[]]>([
  ['untitled:Untitled-1', []],
  ['vscode-remote://ssh-remote+host/home/me/a.mae', ['vscode-remote://ssh-remote+host/home/me/b.mae']],
  ['file:///c%3A/nets/a.mae', ['file:///c%3A/nets/b.mae']],
])('from %s', (uri, targets) => expect(links('// ./b.mae', uri).targets).toEqual(targets));
