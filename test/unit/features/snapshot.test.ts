import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { type Snapshot, snapshotOf, takeSnapshot } from '../../../server/src/features/snapshot.ts';
import { differences } from '../support/close.ts';
import { typed } from './keystrokes.ts';
import { SAMPLE } from './sample.ts';

const next = (before: Snapshot, text: string): Snapshot =>
  takeSnapshot(TextDocument.create('file:///design.mae', 'mae', before.document.version + 1, text), before);

test('after any edits a snapshot knows what a fresh one knows', () => {
  fc.assert(
    fc.property(typed, (edits) => {
      let snapshot = snapshotOf(SAMPLE);
      for (const edit of edits) {
        snapshot = next(snapshot, edit(snapshot.document.getText()));
        const fresh = snapshotOf(snapshot.document.getText());
        expect(snapshot.problems).toEqual(fresh.problems);
        expect(snapshot.backbones.map((b) => b.fresh)).toEqual(fresh.backbones.map((b) => b.fresh));
        for (const { fresh: readable, analysis } of snapshot.backbones) {
          if (readable && analysis !== undefined) expect(differences(analysis, analyse(analysis.backbone))).toEqual([]);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('what did not change is the very object it was, so that what is known of it is found again', () => {
  const before = snapshotOf(SAMPLE);
  const after = next(before, SAMPLE.replace('out: 1632', 'out: 1640'));
  expect(after.backbones[1]?.analysis).toBe(before.backbones[1]?.analysis);
  expect(after.backbones[1]?.source.backbone).toBe(before.backbones[1]?.source.backbone);
  expect(after.backbones[0]?.analysis?.groups[1]).toBe(before.backbones[0]?.analysis?.groups[1]);
  expect(after.backbones[0]?.analysis?.groups[3]).not.toBe(before.backbones[0]?.analysis?.groups[3]);
});
