import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KEYWORDS } from '../../../server/src/language/identifier.ts';
import { PROBLEM_CODES } from '../../../server/src/language/problem.ts';

const ROOT = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

test('docs/language.md names every word that is no name', () => {
  for (const word of KEYWORDS) expect(read('docs/language.md')).toContain(`\`${word}\``);
});

describe('docs/diagnostics.md', () => {
  const documented = [...read('docs/diagnostics.md').matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code = '']) => code);

  test('lists the codes of the source, and no others', () => {
    const sources = ['answers', 'cli'].flatMap((folder) => {
      const files = readdirSync(new URL(`server/src/${folder}`, ROOT), { recursive: true, encoding: 'utf8' });
      return files.filter((file) => file.endsWith('.ts')).map((file) => read(`server/src/${folder}/${file}`));
    });
    const printed = sources.flatMap((text) => [...text.matchAll(/error\[([a-z-]+)\]/g)].map(([, code = '']) => code));
    const task = read('server/src/search/task.ts');
    const searched = [...task.matchAll(/readonly code: '([a-z-]+)'/g)].map(([, code = '']) => code);
    // These have no place in a file.
    const placeless = ['cancelled', 'worker-failed', 'measuring-failed'];
    const codes = [...PROBLEM_CODES, ...printed, ...searched].filter((code) => !placeless.includes(code));
    expect([...new Set(documented)].toSorted()).toEqual([...new Set(codes)].toSorted());
  });
});
