import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TextDocumentEdit } from 'vscode-languageserver-types';
import { codeActions } from '../../../server/src/features/code-actions.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { rangeOf, snapshotOf } from '../../../server/src/features/snapshot.ts';
import { PYRAMID, RESNET } from '../language/detector-texts.ts';
import { fixesOf } from './fixes.ts';

/** [what, the body of a detector, the title of its first fix, the body that the fix leaves behind] */
type Row = [what: string, body: string, title: string, mended: string];

const GOOD = 'neck fpn()  head gfl()';

const ROWS: Row[] = [
  ['a misspelt neck', 'neck fpm()  head gfl()', 'Change fpm to fpn', GOOD],
  ['what others call a head', 'neck fpn()  head GFLHead()', 'Change GFLHead to gfl', GOOD],
  ['a neck as a head', 'head fpn()  head gfl()', 'Make it neck fpn', GOOD],
  ['a sign', 'neck: fpn()  head gfl()', 'Remove the sign', GOOD],
  ['a misspelt argument', 'neck fpn(outt: 64)  head gfl()', 'Change outt to out', 'neck fpn(out: 64)  head gfl()'],
  ['an argument of another part', 'neck fpn(regmax: 8)  head gfl()', 'Remove it', GOOD],
  ['an argument twice', 'neck fpn(out: 8, out: 8)  head gfl()', 'Remove it', 'neck fpn(out: 8)  head gfl()'],
  ['a misspelt value', 'neck fpn(extra: pol)  head gfl()', 'Change pol to pool', 'neck fpn(extra: pool)  head gfl()'],
  ['a stage too many', 'neck fpn(from: C3..C6)  head gfl()', 'Change C6 to C5', 'neck fpn(from: C3..C5)  head gfl()'],
  [
    'a range backwards',
    'neck fpn(from: C5..C3)  head gfl()',
    'Change C5..C3 to C3..C5',
    'neck fpn(from: C3..C5)  head gfl()',
  ],
  [
    'a range without its name',
    'neck fpn(C3..C5)  head gfl()',
    'Write from: C3..C5',
    'neck fpn(from: C3..C5)  head gfl()',
  ],
  ['too few levels', 'neck fpn(levels: 2)  head gfl()', 'Change 2 to 3', 'neck fpn(levels: 3)  head gfl()'],
  ['a width of 250', 'neck fpn()  head gfl(width: 250)', 'Change 250 to 256', 'neck fpn()  head gfl(width: 256)'],
  ['no head', 'neck fpn()', 'Add head gfl()', GOOD],
  ['a head twice', `${GOOD}  head gfl()`, 'Remove it', GOOD],
  ['a misspelt backbone', `backbone resnet5  ${GOOD}`, 'Change resnet5 to resnet50', `backbone resnet50  ${GOOD}`],
  ['a sign before classes', `classes: 20  ${GOOD}`, 'Change : 20 to 20', `classes 20  ${GOOD}`],
  ['what others call classes', `num_classes: 20  ${GOOD}`, '', `classes 20  ${GOOD}`],
  ['a part by itself', 'fpn(out: 128)  head gfl()', '', 'neck fpn(out: 128)  head gfl()'],
  ['other channels', `input 1 x 640 x 640  ${GOOD}`, 'Change 1 to 3', `input 3 x 640 x 640  ${GOOD}`],
];

const squeezed = (text: string): string => text.replace(/\s+/g, ' ');

describe('each problem of a detector that knows what is right has its fix', () => {
  test.each(ROWS)('%s: %s', (_, body, title, mended) => {
    const snapshot = snapshotOf(`${RESNET}detector d { ${body} }\n`);
    const [problem] = snapshot.problems;
    const fixes = problem === undefined ? new Map<string, string>() : fixesOf(snapshot, problem);
    const [[first, text] = []] = [...fixes];
    expect(first).toContain(title);
    expect(squeezed(text ?? '')).toBe(squeezed(`${RESNET}detector d { ${mended} }\n`));
  });

  test('where there are several backbones, one fix for each', () => {
    const snapshot = snapshotOf(`${RESNET}${PYRAMID}detector d { ${GOOD} }\n`);
    const [problem] = snapshot.problems;
    const fixes = problem === undefined ? [] : [...fixesOf(snapshot, problem).keys()];
    expect(fixes).toEqual(['Add backbone resnet50', 'Add backbone pyramid']);
  });
});

/** The body of a detector once everything that leaves no choice was mended. */
function mended(body: string): string {
  const snapshot = snapshotOf(`${RESNET}detector d { ${body} }\n`);
  const whole = rangeOf(snapshot, { start: 0, end: 0 });
  const [action] = codeActions(snapshot, whole, { diagnostics: [], only: ['source.fixAll'] }, DEFAULT_OPTIONS);
  const changes = action?.edit?.documentChanges ?? [];
  const edits = changes.flatMap((change) => (TextDocumentEdit.is(change) ? change.edits : []));
  const plain = edits.flatMap((edit) => ('newText' in edit ? [{ range: edit.range, newText: edit.newText }] : []));
  const text = TextDocument.applyEdits(snapshot.document, plain);
  return text.slice(RESNET.length + 'detector d { '.length, -' }\n'.length);
}

describe('«fix all»', () => {
  test.each([
    [
      'mends misspelt words',
      'backbone resnet5  neck fpn(outt: 64, extra: pol)  head gfk()',
      'backbone resnet50  neck fpn(out: 64, extra: pool)  head gfl()',
    ],
    ['removes what is there already', 'neck fpn(out: 8, out: 8)  head gfl()', 'neck fpn(out: 8)  head gfl()'],
    ['leaves numbers and what is missing alone', 'neck fpn(levels: 2)', 'neck fpn(levels: 2)'],
    [
      'takes nothing for granted that a neck reads',
      'neck fpn(from: C3..C6)  head gfl()',
      'neck fpn(from: C3..C6)  head gfl()',
    ],
  ])('%s', (_, body, expected) => expect(mended(body)).toBe(expected));
});
