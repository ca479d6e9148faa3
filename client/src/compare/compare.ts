import * as vscode from 'vscode';
import { COMPARE_REQUEST, type CompareAnswer, type CompareParams } from '../../../server/src/server/protocol.ts';
import { FollowedFile } from '../followed-file.ts';
import type { LanguageServer } from '../language-server.ts';
import { keptUri } from '../picture/messages.ts';
import { Panel } from '../webviews/panel.ts';
import { chosenOf, type FromCompare, isFromCompare, type ToCompare } from './messages.ts';

/** Where the choice of designs is kept over reloads. */
const CHOSEN = 'mae-det.compared';

/** Backbones of the file in front and the built-in ones, side by side. */
export class Compare implements vscode.Disposable {
  private readonly server: LanguageServer;
  private readonly memory: vscode.Memento;
  private readonly panel: Panel<FromCompare, ToCompare>;
  private readonly file: FollowedFile;

  constructor(context: vscode.ExtensionContext, server: LanguageServer) {
    this.server = server;
    this.memory = context.workspaceState;
    this.file = new FollowedFile(() => this.refresh());
    this.panel = new Panel<FromCompare, ToCompare>(context, {
      name: 'compare',
      viewType: 'mae-det.compare',
      title: vscode.l10n.t('Compare Backbones'),
      accepts: isFromCompare,
      receive: (message) => void this.receive(message),
      restore: (kept) => {
        this.file.uri ??= keptUri(kept);
      },
    });
  }

  show(): void {
    this.file.follow();
    this.panel.show();
  }

  private async receive(message: FromCompare): Promise<void> {
    if (message.type === 'choose') await this.memory.update(CHOSEN, message.ids);
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    const { uri } = this.file;
    if (uri === undefined || !this.panel.visible) return;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const params: CompareParams = { uri };
    const answer = await this.server.client.sendRequest<CompareAnswer>(COMPARE_REQUEST, params);
    // A newer text has its own refresh on the way; another file in front too.
    if (answer === null || answer.version !== document.version || uri !== this.file.uri) return;
    const { designs, estimator } = answer;
    const chosen = chosenOf(designs, this.memory.get<string[]>(CHOSEN));
    const file = vscode.workspace.asRelativePath(document.uri);
    this.panel.post({ type: 'designs', uri, file, estimator, designs, chosen });
  }

  dispose(): void {
    this.file.dispose();
    this.panel.dispose();
  }
}
