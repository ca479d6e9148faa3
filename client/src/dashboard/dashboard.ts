import * as vscode from 'vscode';
import { COMMANDS } from '../command-ids.ts';
import type { LanguageServer } from '../language-server.ts';
import { Panel } from '../webviews/panel.ts';
import { applyDesign, showDesignDiff } from '../write-back.ts';
import { BestDiff } from './best-diff.ts';
import { type FromDashboard, isFromDashboard, type ToDashboard } from './messages.ts';
import type { SearchRuns } from './search-runs.ts';

/** The dashboard's side in the extension: hands the state out and does what is pressed. */
export class Dashboard implements vscode.Disposable {
  private readonly server: LanguageServer;
  private readonly runs: SearchRuns;
  private readonly panel: Panel<FromDashboard, ToDashboard>;
  private readonly parts: vscode.Disposable[];

  constructor(context: vscode.ExtensionContext, server: LanguageServer, runs: SearchRuns) {
    this.server = server;
    this.runs = runs;
    this.panel = new Panel<FromDashboard, ToDashboard>(context, {
      name: 'dashboard',
      viewType: 'mae-det.dashboard',
      title: vscode.l10n.t('Search Dashboard'),
      accepts: isFromDashboard,
      receive: (message) => void this.receive(message),
    });
    this.parts = [
      this.panel,
      runs.onEvent((event) => this.panel.post({ type: 'event', event })),
      new BestDiff(server, runs, this.panel),
    ];
  }

  show(): void {
    this.panel.show();
  }

  private async receive(message: FromDashboard): Promise<void> {
    const { runs } = this;
    switch (message.type) {
      case 'ready':
        return this.panel.post({ type: 'snapshot', state: runs.state });
      case 'pause':
      case 'resume':
        return runs.control(message.id, message.type);
      case 'stop':
        return runs.stop(message.id);
      case 'front':
        return this.searchFront(message.id);
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

  /** The same search again, keeping the designs that nothing beats in both score and the budget's first real cost. */
  private async searchFront(id: string): Promise<void> {
    const run = this.runs.state.runs.find((r) => r.id === id);
    const costs = run?.about.limits.map((l) => l.cost) ?? [];
    const cost = costs.find((name) => name !== 'layers') ?? costs[0];
    if (run === undefined || cost === undefined) return;
    const argument = { uri: run.uri, ...run.target, pareto: [cost] };
    await vscode.commands.executeCommand(COMMANDS.runSearch, argument);
  }

  private async write({ type, id, design }: Extract<FromDashboard, { design: unknown }>): Promise<void> {
    const run = this.runs.state.runs.find((r) => r.id === id);
    const text = (design === 'best' ? run?.now.best : run?.front[design])?.text;
    if (run === undefined || text === undefined) return;
    const work = type === 'apply' ? applyDesign : showDesignDiff;
    const said = await work(this.server, vscode.Uri.parse(run.uri), text);
    if (said !== undefined) this.panel.post({ type: 'say', text: said });
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }
}
