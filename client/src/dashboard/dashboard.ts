import * as vscode from 'vscode';
import { FRONTIER_REQUEST, type FrontierAnswer, type FrontierParams } from '../../../server/src/server/protocol.ts';
import { COMMANDS } from '../command-ids.ts';
import type { Designs } from '../designs.ts';
import type { LanguageServer } from '../language-server.ts';
import { isMaeFile, maeEditor } from '../mae-editor.ts';
import { sendRequest } from '../messages.ts';
import { Panel } from '../webviews/panel.ts';
import { BestDiff } from './best-diff.ts';
import { fileLabels } from './file-label.ts';
import { frontierOf } from './frontier-chart.ts';
import { type FromDashboard, isFromDashboard, type ToDashboard } from './messages.ts';
import type { SearchRuns } from './search-runs.ts';

/** The dashboard's side in the extension: hands the state out and does what is pressed. */
export class Dashboard implements vscode.Disposable {
  private readonly server: LanguageServer;
  private readonly runs: SearchRuns;
  private readonly designs: Designs;
  private readonly panel: Panel<FromDashboard, ToDashboard>;
  private readonly parts: vscode.Disposable[];

  constructor(context: vscode.ExtensionContext, server: LanguageServer, runs: SearchRuns, designs: Designs) {
    this.server = server;
    this.runs = runs;
    this.designs = designs;
    this.panel = new Panel<FromDashboard, ToDashboard>(context, {
      name: 'dashboard',
      viewType: 'mae-det.dashboard',
      title: vscode.l10n.t('Search Dashboard'),
      takesFocus: true,
      accepts: isFromDashboard,
      receive: (message) => void this.receive(message),
    });
    this.parts = [
      this.panel,
      runs.onEvent((event) => {
        this.panel.post({ type: 'event', event });
        this.entitle();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      new BestDiff(server, runs, this.panel),
    ];
  }

  /** Its file, while the keyboard is in it: then no editor is the active one. */
  get fileInFront(): string | undefined {
    return this.panel.active ? this.runs.state.file : undefined;
  }

  show(): void {
    this.follow(maeEditor());
    this.panel.show();
    this.entitle();
  }

  /** It is about the file in front, so that nobody applies a design to another one. */
  private follow(editor: vscode.TextEditor | undefined): void {
    if (editor === undefined || !isMaeFile(editor.document)) return;
    const uri = editor.document.uri.toString();
    if (uri !== this.runs.state.file) this.runs.apply({ type: 'file', uri });
  }

  private entitle(): void {
    const { file, runs } = this.runs.state;
    const name = file === undefined ? undefined : fileLabels([file, ...runs.map((r) => r.uri)]).get(file);
    this.panel.title = name === undefined ? vscode.l10n.t('Search Dashboard') : vscode.l10n.t('Search: {0}', name);
  }

  private async receive(message: FromDashboard): Promise<void> {
    const { runs } = this;
    switch (message.type) {
      case 'ready':
        this.entitle();
        return this.panel.post({ type: 'snapshot', state: runs.state });
      case 'search':
        return this.search({ uri: message.uri });
      case 'pause':
      case 'resume':
        return runs.control(message.id, message.type);
      case 'stop':
        return runs.stop(message.id);
      case 'again':
      case 'front':
      case 'prove':
        return this.searchAgain(message.id, message.type);
      case 'frontier':
        return this.frontier(message.id);
      case 'show':
        return runs.apply({ type: 'show', id: message.id });
      case 'remove':
        return runs.apply({ type: 'removed', id: message.id });
      case 'compare':
        return runs.apply({ type: 'compare', ids: message.ids });
      case 'apply':
      case 'openDiff':
        return this.write(message);
    }
  }

  /**
   * The same search again; to the proof that nothing is better, or for a front of the designs that nothing beats in both
   * score and the budget's first real cost.
   */
  private async searchAgain(id: string, how: 'again' | 'front' | 'prove'): Promise<void> {
    const run = this.runs.state.runs.find((r) => r.id === id);
    if (run === undefined) return;
    const costs = run.about.limits.map((l) => l.cost);
    const cost = costs.find((name) => name !== 'layers') ?? costs[0];
    const pareto = how !== 'front' || cost === undefined ? [] : [cost];
    if (how === 'front' && pareto.length === 0) return;
    await this.search({ uri: run.uri, ...run.target, pareto, ...(how === 'prove' ? { prove: true } : {}) });
  }

  /** The best score over a limit of the run's budget; it takes some seconds, and can be cancelled where it is shown. */
  private async frontier(id: string): Promise<void> {
    const run = this.runs.state.runs.find((r) => r.id === id);
    const range = run && frontierOf(run);
    if (run === undefined || range === undefined) return;
    await vscode.workspace.openTextDocument(vscode.Uri.parse(run.uri));
    const params: FrontierParams = { uri: run.uri, target: run.target, ...range };
    const location = vscode.ProgressLocation.Notification;
    const title = vscode.l10n.t('Best score over the limit on {0}', range.cost);
    const answer = await vscode.window.withProgress({ location, title, cancellable: true }, (_, token) =>
      sendRequest(this.server.client, FRONTIER_REQUEST, params, token).catch((error: unknown): FrontierAnswer => {
        if (token.isCancellationRequested) return { kind: 'cancelled' };
        return { kind: 'failed', message: vscode.l10n.t('The search stopped: {0}', String(error)) };
      }),
    );
    if (answer.kind === 'failed') void vscode.window.showErrorMessage(answer.message);
    if (answer.kind !== 'found') return;
    const { kind: _, ...frontier } = answer;
    this.runs.apply({ type: 'frontier', id, frontier });
  }

  private async search(argument: Readonly<Record<string, unknown>>): Promise<void> {
    await vscode.commands.executeCommand(COMMANDS.runSearch, argument);
  }

  private async write({ type, id, design }: Extract<FromDashboard, { design: unknown }>): Promise<void> {
    const run = this.runs.state.runs.find((r) => r.id === id);
    const found = design === 'best' ? run?.now.best : run?.front[design];
    if (run === undefined || found === undefined) return;
    const uri = vscode.Uri.parse(run.uri);
    const said = await (type === 'apply' ? this.designs.apply(uri, found) : this.designs.showDiff(uri, found));
    if (said !== undefined) this.panel.post({ type: 'say', text: said });
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }
}
