import { expect, test } from 'vitest';
import { fileLabels, fileName } from '../../../client/src/dashboard/file-label.ts';

test.each<[readonly string[], readonly string[]]>([
  [
    ['file:///w/a.mae', 'file:///w/b.mae'],
    ['a.mae', 'b.mae'],
  ],
  [
    ['file:///w/x/a.mae', 'file:///w/y/a.mae', 'file:///w/b.mae'],
    ['x/a.mae', 'y/a.mae', 'b.mae'],
  ],
  [
    ['file:///a.mae', 'file:///w/a.mae'],
    ['a.mae', 'w/a.mae'],
  ],
  [
    ['file:///c%3A/my%20nets/a.mae', 'vscode-remote://host/w/a.mae'],
    ['my nets/a.mae', 'w/a.mae'],
  ],
  [
    ['untitled:Untitled-1', 'file:///w/100%.mae'],
    ['Untitled-1', '100%.mae'],
  ],
])('%j are told apart', (uris, labels) => {
  const found = fileLabels([...uris, ...uris]);
  expect(uris.map((uri) => found.get(uri))).toEqual(labels);
});

test('a file alone is its name', () => {
  expect(fileName('file:///w/my%20net.mae')).toBe('my net.mae');
});
