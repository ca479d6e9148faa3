import * as vscode from 'vscode';
import { PICTURE_REQUEST, type PictureBackbone, type PictureParams } from '../../../server/src/server/protocol.ts';
import { designEdit } from '../design-edit.ts';
import type { LanguageServer } from '../language-server.ts';
import { sendRequest } from '../messages.ts';
import { digestOf } from './digest.ts';
import { diffLines } from './line-diff.ts';
import type { SearchRuns } from './search-runs.ts';
import { type DiffLine, type Run, shownRun } from './state.ts';

/** A design every fifth of a second is more than anybody reads. */
const DELAY_MS = 400;

interface Watched {
  readonly visible: boolean;
  readonly onDidChangeVisibility: vscode.Event<boolean>;
}

/** Keeps the diff of the open run's best design against the file, while somebody can see it. */
export class BestDiff implements vscode.Disposable {
  private readonly server: LanguageServer;
  private readonly runs: SearchRuns;
  private readonly panel: Watched;
  private readonly listeners: vscode.Disposable[];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(server: LanguageServer, runs: SearchRuns, panel: Watched) {
    this.server = server;
    this.runs = runs;
    this.panel = panel;
    this.listeners = [
      runs.onEvent(({ type }) => {
        if (type !== 'diff') this.soon();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() === shownRun(runs.state)?.uri) this.soon();
      }),
      panel.onDidChangeVisibility(() => this.soon()),
    ];
  }

  /** The first of several changes sets the time, so that a running search cannot put it off for ever. */
  private soon(): void {
    if (!this.panel.visible) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.update();
    }, DELAY_MS);
  }

  private async update(): Promise<void> {
    const run = shownRun(this.runs.state);
    if (run === undefined) return;
    const lines = await this.compare(run).catch(() => diffLines(run.about.start.text, run.now.best.text));
    const drawing = await this.draw(run).catch(() => undefined);
    const text = documentOf(run)?.getText();
    const changed = text !== undefined && run.searched !== undefined && digestOf(text) !== run.searched.text;
    const { diff, drawing: drawn, changed: known } = this.runs.state;
    if (JSON.stringify([lines, drawing, changed]) === JSON.stringify([diff, drawn, known])) return;
    this.runs.apply({ type: 'diff', id: run.id, lines, changed, ...(drawing === undefined ? {} : { drawing }) });
  }

  private async draw(run: Run): Promise<PictureBackbone | undefined> {
    const params: PictureParams = { uri: run.uri, text: run.now.best.text };
    return (await sendRequest(this.server.client, PICTURE_REQUEST, params))?.backbones[0];
  }

  /** Against the text as it is now, or while that is not open against the network that was searched from. */
  private async compare(run: Run): Promise<DiffLine[]> {
    const document = documentOf(run);
    const { start } = run.about;
    const { best } = run.now;
    const edit = document === undefined ? undefined : await designEdit(this.server, run.uri, best);
    if (document === undefined || edit === undefined) return diffLines(start.text, best.text);
    return diffLines(document.getText(), edit.text);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const listener of this.listeners) listener.dispose();
  }
}

const documentOf = ({ uri }: Run): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri);
