import * as vscode from 'vscode';
import type { SearchAnswer } from '../../server/src/server/protocol.ts';
import { applyEdits } from './applied-edit.ts';
import { COMMANDS } from './command-ids.ts';
import { fileName } from './dashboard/file-label.ts';
import { closedLine, gainText, headline, isBetter, standingLine, stoppedLine } from './dashboard/headline.ts';
import type { SearchRuns } from './dashboard/search-runs.ts';
import type { Run } from './dashboard/state.ts';
import type { Designs } from './designs.ts';
import { isOpen, showRange } from './reveal.ts';

interface Parts {
  readonly runs: SearchRuns;
  readonly designs: Designs;
}

type Found = Extract<SearchAnswer, { readonly kind: 'found' }>;

/** A search that came to an end. */
interface Ended {
  readonly run: string;
  readonly document: vscode.TextDocument;
  /** That was searched. */
  readonly text: string;
  readonly answer: SearchAnswer | undefined;
  /** Stopped in its notification; the dashboard needs no other. */
  readonly byNotification: boolean;
  /** What becomes of its design: it goes into the file, is told and offered, or is one of a front that the dashboard keeps. */
  readonly becomes: 'written' | 'told' | 'kept';
  /** Whether what was and what is are shown side by side. */
  readonly diff: boolean;
}

/** What becomes of a search's answer: it is written, offered, or kept in the dashboard, and one line says so. */
export async function tellResult(parts: Parts, ended: Ended): Promise<void> {
  const { answer, document, becomes, byNotification } = ended;
  const run = parts.runs.state.runs.find((r) => r.id === ended.run);
  if (answer?.kind === 'failed') await tellFailure(document.uri, answer);
  else if (run === undefined) return;
  else if (answer?.kind === 'found') {
    if (becomes === 'written') await tellFound(parts, run, ended, answer);
    else if (becomes === 'told') await tellChecked(parts, run, document.uri, answer);
  } else if (byNotification && isBetter(run)) await tellStopped(parts, run, document.uri);
}

/** The design is written only into the text that the search saw, while a person can see it there. */
async function tellFound({ designs }: Parts, run: Run, { document, text, diff }: Ended, found: Found): Promise<void> {
  if (!isOpen(document.uri)) return tellClosed(run);
  if (document.isClosed || document.getText() !== text) return tellMoved(designs, run, document.uri);
  if (found.edits.length === 0) {
    const { name } = run.about;
    const proven = found.summary.proven === true;
    await withDashboard(
      proven
        ? vscode.l10n.t('{0}: nothing is better, proven.', name)
        : vscode.l10n.t('{0}: nothing better was found.', name),
    );
    return;
  }
  const applied = await applyEdits(document, found.edits);
  if (applied === undefined) return tellMoved(designs, run, document.uri);
  if (diff) await designs.showChange(applied);
  await designs.offerAfter(applied, headline(run), diff);
}

/** Whether the design in the text is the best, or by how much it may not be; a better one that the proof came upon is offered. */
async function tellChecked({ designs }: Parts, run: Run, uri: vscode.Uri, { edits }: Found): Promise<void> {
  if (edits.length === 0) {
    await withDashboard(standingLine(run));
    return;
  }
  const [apply, diff] = [vscode.l10n.t('Apply'), vscode.l10n.t('Show Diff')];
  const chosen = await withDashboard(headline(run), apply, diff);
  if (chosen === apply) await designs.apply(uri, run.now.best);
  else if (chosen === diff) await designs.showDiff(uri, run.now.best);
}

async function tellClosed(run: Run): Promise<void> {
  const copy = vscode.l10n.t('Copy');
  if ((await withDashboard(closedLine(fileName(run.uri)), copy)) === copy)
    await vscode.env.clipboard.writeText(run.now.best.text);
}

/** The text moved on while the search ran: the person decides what becomes of its result. */
async function tellMoved(designs: Designs, run: Run, uri: vscode.Uri): Promise<void> {
  const text = vscode.l10n.t('{0} changed while the search ran: {1}', fileName(run.uri), gainText(run));
  const choices = [vscode.l10n.t('Apply'), vscode.l10n.t('Diff'), vscode.l10n.t('Copy')] as const;
  const [apply, diff, copy] = choices;
  const chosen = await vscode.window.showWarningMessage(text, ...choices);
  const design = run.now.best;
  if (chosen === apply) await designs.apply(uri, design);
  else if (chosen === diff) await designs.showDiff(uri, design);
  else if (chosen === copy) await vscode.env.clipboard.writeText(design.text);
}

async function tellStopped({ designs }: Parts, run: Run, uri: vscode.Uri): Promise<void> {
  const [apply, diff] = [vscode.l10n.t('Apply Best So Far'), vscode.l10n.t('Show Diff')];
  const chosen = await withDashboard(stoppedLine(run), apply, diff);
  if (chosen === apply) await designs.apply(uri, run.now.best);
  else if (chosen === diff) await designs.showDiff(uri, run.now.best);
}

/** What to do though the answer is known: search with another seed, or all the same. */
export interface Anyway {
  readonly again: true;
  readonly seed?: number;
}

/** The same search ran before: its result is shown instead of running it again, unless the person wants that. */
export async function tellKnown({ runs, designs }: Parts, run: Run, seed: number): Promise<Anyway | undefined> {
  runs.apply({ type: 'show', id: run.id });
  const apply = vscode.l10n.t('Apply');
  const another = vscode.l10n.t('Try Seed {0}', seed);
  const again = vscode.l10n.t('Search Again');
  const text = vscode.l10n.t('Same text and seed as before: {0}', gainText(run));
  const chosen = await withDashboard(text, ...(isBetter(run) ? [apply] : []), another, again);
  if (chosen === apply) await designs.apply(vscode.Uri.parse(run.uri), run.now.best);
  if (chosen === another) return { again: true, seed };
  return chosen === again ? { again: true } : undefined;
}

/** What went wrong, with the way to where it can be mended. */
async function tellFailure(
  uri: vscode.Uri,
  { message, range }: Extract<SearchAnswer, { readonly kind: 'failed' }>,
): Promise<void> {
  const show = vscode.l10n.t('Show Line');
  const pressed = await vscode.window.showErrorMessage(message, ...(range === undefined ? [] : [show]));
  if (range !== undefined && pressed === show) await showRange(uri, range);
}

/** A message whose last button opens the dashboard; answers with another one that was pressed. */
async function withDashboard(text: string, ...choices: readonly string[]): Promise<string | undefined> {
  const dashboard = vscode.l10n.t('Dashboard');
  const chosen = await vscode.window.showInformationMessage(text, ...choices, dashboard);
  if (chosen !== dashboard) return chosen;
  await vscode.commands.executeCommand(COMMANDS.showDashboard);
  return undefined;
}
