import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { type Snapshot, takeSnapshot } from '../../../server/src/features/snapshot.ts';
import { readDesign } from '../../../server/src/language/design.ts';
import { textChange } from '../features/keystrokes.ts';
import { differences } from './close.ts';
import { treeText } from './tree.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
};

/** After so many edits the text is what it was at first: random edits would make rubble of it. */
const RELOAD = 50;
const CHECK = 100;

export interface Endurance {
  /** Heap that is in use after a tenth of the edits, and at the end with the text as it was at first (MB). */
  readonly early: number;
  readonly late: number;
  /** How many states were compared with a fresh read, and how many differed from it. */
  readonly checked: number;
  readonly wrong: number;
}

/** Takes snapshot after snapshot of a text under random edits: does the heap grow, and is what is known what a fresh read knows? */
export function endurance(text: string, edits: number): Endurance {
  const changes = fc.sample(textChange, { numRuns: edits, seed: 1 });
  let snapshot: Snapshot | undefined;
  let current = text;
  let early = 0;
  let checked = 0;
  let wrong = 0;
  for (const [i, change] of changes.entries()) {
    current = i % RELOAD === RELOAD - 1 ? text : change(current);
    snapshot = takeSnapshot(TextDocument.create('file:///design.mae', 'mae', i, current), snapshot);
    if (i % CHECK === 0) {
      checked += 1;
      if (!equalsFresh(snapshot)) wrong += 1;
    }
    if (i === edits / 10) early = heap();
  }
  snapshot = takeSnapshot(TextDocument.create('file:///design.mae', 'mae', edits, text), snapshot);
  return { early, late: heap(), checked, wrong };
}

function equalsFresh({ design, backbones }: Snapshot): boolean {
  const fresh = readDesign(design.parsed.text);
  if (treeText(design.parsed) !== treeText(fresh.parsed)) return false;
  if (JSON.stringify(design.problems) !== JSON.stringify(fresh.problems)) return false;
  return backbones.every(
    ({ source, analysis }) =>
      source.backbone === undefined || differences(analysis, analyse(source.backbone)).length === 0,
  );
}
