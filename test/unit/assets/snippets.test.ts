import { describe, expect, test } from 'vitest';
import { parse } from '../../../server/src/language/parse.ts';
import snippets from '../../../snippets/mae.json' with { type: 'json' };

/** What a snippet leaves when each field is passed over: its default, or the first of its choices. */
function expand(body: readonly string[]): string {
  const fields = new Map<string, string>();
  return body
    .join('\n')
    .replace(/\$\{(\d+)(?::([^}]*)|\|([^,|]*)[^}]*)\}/g, (_, number: string, value?: string, choice?: string) => {
      const text = value ?? choice ?? '';
      fields.set(number, text);
      return text;
    })
    .replace(/\$(\d+)/g, (_, number: string) => fields.get(number) ?? '');
}

/** A snippet that is not a whole declaration, where it belongs. */
const around: Partial<Record<string, (text: string) => string>> = {
  Stage: (text) => `backbone b {\n${text}\n}`,
  Group: (text) => `backbone b {\nstage C2 basic(out: 8, btn: 8, k: 3, s: 2) x 1\n${text}\n}`,
};

describe('snippets', () => {
  test.each(Object.entries(snippets))('%s is a piece of the language', (name, { body }) => {
    const text = expand(body);
    expect(text).not.toContain('$');
    const { file, problems } = parse((around[name] ?? ((own) => own))(text));
    expect(problems).toEqual([]);
    expect(file.declarations).not.toEqual([]);
  });
});
