import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Notes, releaseNotes } from '../../../scripts/release-notes.ts';

const CHANGELOG = '# Changelog\n\n## Unreleased\n\n- c\n\n## 1.2.0\n\nThe second.\n\n- b\n\n## 1.1.0\n\n- a\n';

test.each<[string, string, string, string, Notes]>([
  ['the text of the version', CHANGELOG, 'v1.2.0', '1.2.0', { ok: true, text: 'The second.\n\n- b' }],
  ['the last one', CHANGELOG, 'v1.1.0', '1.1.0', { ok: true, text: '- a' }],
  [
    'lines that end as on Windows',
    CHANGELOG.replaceAll('\n', '\r\n'),
    'v1.2.0',
    '1.2.0',
    { ok: true, text: 'The second.\r\n\r\n- b' },
  ],
  [
    'another tag than the manifest says',
    CHANGELOG,
    'v1.2.0',
    '1.1.0',
    { ok: false, message: 'package.json has the version 1.1.0, whose tag is v1.1.0 and not v1.2.0.' },
  ],
  [
    'a version that nothing is written of',
    CHANGELOG,
    'v1.3.0',
    '1.3.0',
    { ok: false, message: 'CHANGELOG.md has nothing under «## 1.3.0»: write there what is new.' },
  ],
  [
    'a heading with nothing below it',
    CHANGELOG.replace('- a\n', ''),
    'v1.1.0',
    '1.1.0',
    { ok: false, message: 'CHANGELOG.md has nothing under «## 1.1.0»: write there what is new.' },
  ],
])('release notes: %s', (_, changelog, tag, version, notes) =>
  expect(releaseNotes(changelog, tag, version)).toEqual(notes),
);

test('the changelog begins with what is not released yet', () => {
  const changelog = readFileSync(new URL('../../../CHANGELOG.md', import.meta.url), 'utf8');
  expect(/^## (.*?)\r?$/m.exec(changelog)?.[1]).toBe('Unreleased');
});
