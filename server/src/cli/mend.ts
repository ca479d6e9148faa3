import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction, TextEdit } from 'vscode-languageserver-types';
import { preferredFix } from '../features/code-actions.ts';
import { DEFAULT_OPTIONS } from '../features/options.ts';
import type { Snapshot } from '../features/snapshot.ts';
import type { Problem } from '../language/problem.ts';

/** A text with what was mended in it. */
export interface Mended {
  readonly text: string;
  /** The titles of the fixes, in the order in which they were made. */
  readonly made: readonly string[];
  readonly after: Snapshot;
}

/** A text that so many fixes do not mend is not going to be. */
const MOST = 500;

/**
 * Makes the preferred fix of one problem after the other, as a person would who takes the light bulb's first offer, a design
 * brought back within its budget included. What was hidden behind a problem may come to light when it is mended; a fix that
 * brings about more than it mends is not made.
 */
export function mend(before: Snapshot, read: (text: string) => Snapshot): Mended {
  const made: string[] = [];
  const refused = new Set<string>();
  const seen = new Set([textOf(before)]);
  let snapshot = before;
  while (made.length < MOST) {
    const step = nextFix(snapshot, refused);
    if (step === undefined) break;
    const after = read(TextDocument.applyEdits(snapshot.document, editsOf(step.fix)));
    const key = keyOf(step.problem);
    const isMended = timesOf(after, key) < timesOf(snapshot, key) && weightOf(after) <= weightOf(snapshot);
    if (isMended && !seen.has(textOf(after))) {
      made.push(step.fix.title);
      seen.add(textOf(after));
      snapshot = after;
    } else refused.add(key);
  }
  return { text: textOf(snapshot), made, after: snapshot };
}

function nextFix(snapshot: Snapshot, refused: ReadonlySet<string>) {
  for (const problem of snapshot.problems.filter(isWorthIt)) {
    if (refused.has(keyOf(problem))) continue;
    const fix = preferredFix(snapshot, problem, DEFAULT_OPTIONS);
    if (fix?.edit !== undefined) return { problem, fix };
  }
  return undefined;
}

const isWorthIt = ({ severity }: Problem): boolean => severity === 'error' || severity === 'warning';

const keyOf = ({ code, message }: Problem): string => `${code} ${message}`;

const textOf = ({ document }: Snapshot): string => document.getText();

const timesOf = ({ problems }: Snapshot, key: string): number =>
  problems.filter((problem) => keyOf(problem) === key).length;

/** An error weighs more than any number of warnings. */
const weightOf = ({ problems }: Snapshot): number =>
  problems.reduce((sum, { severity }) => sum + (severity === 'error' ? 1e6 : severity === 'warning' ? 1 : 0), 0);

const editsOf = ({ edit }: CodeAction): TextEdit[] =>
  (edit?.documentChanges ?? []).flatMap((change) => ('edits' in change ? change.edits.filter(isPlain) : []));

const isPlain = (edit: object): edit is TextEdit => 'newText' in edit;
