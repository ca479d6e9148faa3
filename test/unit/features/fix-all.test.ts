import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction } from 'vscode-languageserver-types';
import { TextDocumentEdit } from 'vscode-languageserver-types';
import { CODE_ACTION_KINDS, codeActions } from '../../../server/src/features/code-actions.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { processorSeconds } from '../processor-seconds.ts';
import { SAMPLE } from './sample.ts';

const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

const asked = (text: string, only?: string[]): CodeAction[] =>
  codeActions(snapshotOf(text), NOWHERE, { diagnostics: [], ...(only === undefined ? {} : { only }) }, DEFAULT_OPTIONS);

/** The text after everything was fixed, and what the action is called. */
function fixed(text: string): { readonly text: string; readonly title: string | undefined } {
  const actions = asked(text, ['source.fixAll']);
  expect(actions.length).toBeLessThan(2);
  const changes = actions[0]?.edit?.documentChanges ?? [];
  const edits = changes.flatMap((change) => (TextDocumentEdit.is(change) ? change.edits : []));
  const plain = edits.flatMap((edit) => ('newText' in edit ? [{ range: edit.range, newText: edit.newText }] : []));
  return { text: TextDocument.applyEdits(snapshotOf(text).document, plain), title: actions[0]?.title };
}

const wrap = (body: string): string =>
  `backbone n {\n  input 3 x 64 x 64\n  stem conv(out: 16, k: 3, s: 2)\n${body}\n}\n`;

describe('source.fixAll.mae', () => {
  test('mends misspelt words, stage names and repetitions at once and nothing else', () => {
    const broken = SAMPLE.replace(
      'bottleneck(out: 120,  btn: 64,  k: 3, s: 2)',
      'botleneck(out: 120,  btn: 64,  k: 3, k: 3, s: 2)',
    )
      .replace('stage C4 bottleneck(out: 1632, btn', 'stage C6 bottleneck(out: 1632, bttn')
      .replace('within r50', 'within r5')
      .replace('  layers  <= 91\n', '  layers  <= 91\n  layers <= 91\n')
      .replace('population', 'popuation');
    expect(fixed(broken)).toEqual({ text: SAMPLE, title: 'Fix 7 problems' });
    expect(fixed(SAMPLE).title).toBeUndefined();
  });

  test('the edit belongs to the version it was made for', () => {
    const [action] = asked(wrap('  stage C3 conv(out: 16, k: 3, s: 2)'), ['source.fixAll.mae']);
    expect(action).toMatchObject({
      title: 'Fix 1 problem',
      kind: 'source.fixAll.mae',
      edit: { documentChanges: [{ textDocument: { version: 1 } }] },
    });
  });

  test('is there for who asks for it, and only then', () => {
    const broken = SAMPLE.replace('within r50', 'within r5');
    const kinds = (only?: string[]): (string | undefined)[] => asked(broken, only).map((action) => action.kind);
    expect(CODE_ACTION_KINDS).toContain('source.fixAll.mae');
    for (const only of ['source', 'source.fixAll', 'source.fixAll.mae'])
      expect(kinds([only])).toEqual(['source.fixAll.mae']);
    for (const only of [
      'source.organizeImports',
      'source.fixAll.eslint',
      'source.fixAll.maebe',
      'refactor',
      'quickfix',
      '',
    ]) {
      expect(kinds([only])).not.toContain('source.fixAll.mae');
    }
    expect(kinds()).not.toContain('source.fixAll.mae');
  });

  test.each([
    ['two candidates', wrap('  stage C2 resblock(out: 16, btn: 8, k: 3, s: 2)')],
    ['a number that was given twice with two values', wrap('  stage C2 conv(out: 16, out: 24, k: 3, s: 2)')],
    [
      'the value of another group',
      wrap('  stage C2 conv(out: 16, /* ) */ out: 24, k: 3, s: 2)\n  + conv(out: 24, k: 3, s: 1)'),
    ],
    ['a number that is missing', wrap('  stage C2 conv(out: 16, s: 2)')],
    ['channels that shrink', wrap('  stage C2 conv(out: 8, k: 3, s: 2)')],
    [
      'a stride, and the stage names that depend on it',
      wrap('  stage C2 conv(out: 16, k: 3, s: 1)\n  stage C3 conv(out: 16, k: 3, s: 2)'),
    ],
    ['a word whose right one is there already', wrap('  stage C2 conv(out: 16, outt: 24, k: 3, s: 2)')],
    ['a stage that the entropy line names', wrap('  entropy C3: 1\n  stage C3 conv(out: 16, k: 3, s: 2)')],
    ['a budget that is exceeded', `${wrap('')}\nbudget b { macs <= 1 }\n`],
    [
      'a budget that nothing is held to',
      SAMPLE.replace('  within r50\n', '').replace('search {', 'budget other { layers <= 9 }\n\nsearch {'),
    ],
    [
      'a stage name after a line that cannot be read',
      wrap('  stge C2 conv(out: 16, k: 3, s: 2)\n  stage C3 conv(out: 16, k: 3, s: 2)'),
    ],
    ['what cannot be read', 'backbone {{{ stage'],
    ['nothing', ''],
  ])('leaves alone %s', (_, text) => {
    expect(fixed(text)).toEqual({ text, title: undefined });
  });

  test('one of very many that would do harm is found without reading the text for each', () => {
    const lines = '         + basik(out: 16, btn: 8, k: 3, s: 1)\n'.repeat(800);
    const text = wrap(`  entropy C3: 1\n  stage C3 conv(out: 16, k: 3, s: 2)\n${lines}`);
    const seconds = processorSeconds(() => expect(fixed(text).title).toBe('Fix 800 problems'));
    expect(seconds).toBeLessThan(5);
  });

  test('three of the same leave one', () => {
    expect(fixed(wrap('  stage C2 conv(out: 16, k: 3, k: 3, s: 2, k:3)')).text).toBe(
      wrap('  stage C2 conv(out: 16, k: 3, s: 2)'),
    );
  });

  test('whatever letters are hurt: what can be mended is mended at once, and the text breaks no further', () => {
    const letters = [...SAMPLE.matchAll(/[a-z](?=[a-z])/g)].map((match) => match.index);
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...letters), { minLength: 1, maxLength: 6 }), (hurt) => {
        const broken = [...SAMPLE].map((letter, at) => (hurt.includes(at) ? '' : letter)).join('');
        const { text } = fixed(broken);
        const syntax = (of: string): number => snapshotOf(of).problems.filter((p) => p.code === 'syntax').length;
        expect(syntax(text)).toBeLessThanOrEqual(syntax(broken));
        expect(text.replace(/\D/g, '')).toBe(broken.replace(/\D/g, ''));
      }),
      { numRuns: 200 },
    );
  });
});
