import * as vscode from 'vscode';
import {
  INSPECT_MODEL_REQUEST,
  type InspectModelAnswer,
  type ModelParams,
} from '../../../server/src/server/protocol.ts';
import { COMMANDS } from '../command-ids.ts';
import type { LanguageServer } from '../language-server.ts';
import { sendRequest } from '../messages.ts';
import { loadPage, pagesFolder } from '../webviews/page.ts';
import { type KeptPage, keptPage } from './kept.ts';
import type { KeptModels } from './kept-models.ts';
import { type FromModel, isFromModel, type ToModel } from './messages.ts';

/** A training script writes in pieces: so long after the last one a file is read again (ms). */
const WRITING_MS = 300;
/** So long the status bar says what was copied (ms). */
const SAID_MS = 5000;

interface Reading {
  readonly source: vscode.CancellationTokenSource;
  readonly answer: Promise<InspectModelAnswer>;
}

/** One editor of a model: reads it when it is shown and when the file changed, and remembers what the server said. */
export class ModelPage implements vscode.Disposable {
  readonly uri: vscode.Uri;
  private readonly server: LanguageServer;
  private readonly panel: vscode.WebviewPanel;
  private readonly parts: vscode.Disposable[];
  private readonly kept: KeptModels;
  private page: KeptPage;
  /** What is being read or was; undefined when the file or the size is another one since. */
  private reading: Reading | undefined;
  private writing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    context: vscode.ExtensionContext,
    server: LanguageServer,
    kept: KeptModels,
    uri: vscode.Uri,
    panel: vscode.WebviewPanel,
  ) {
    this.uri = uri;
    this.server = server;
    this.panel = panel;
    this.kept = kept;
    this.page = kept.of(uri);
    // What is in brackets in a name would be a pattern.
    const folder = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), '*');
    const watcher = vscode.workspace.createFileSystemWatcher(folder);
    const changed = (file: vscode.Uri): void => {
      if (file.toString() === uri.toString()) this.changed();
    };
    this.parts = [
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      panel.webview.onDidReceiveMessage((message: unknown) => {
        if (isFromModel(message)) void this.receive(message);
      }),
      panel.onDidChangeViewState(() => {
        if (panel.visible && this.reading === undefined) void this.refresh();
      }),
    ];
    // While the page loads.
    this.reading = this.read();
    loadPage(panel.webview, pagesFolder(context), 'model', vscode.l10n.t('Model'));
  }

  get active(): boolean {
    return this.panel.active;
  }

  private async receive(message: FromModel): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.refresh();
      case 'looked': {
        const { size } = this.page;
        return this.keep(keptPage({ ...message, size }));
      }
      case 'size': {
        const { view, top } = this.page;
        await this.keep({ view, top, ...(message.size === undefined ? {} : { size: message.size }) });
        this.forget();
        return this.refresh();
      }
      case 'retry':
        this.forget();
        return this.refresh();
      case 'import':
        await vscode.commands.executeCommand(COMMANDS.importModel, this.uri);
        return;
      case 'improve':
        await vscode.commands.executeCommand(COMMANDS.improveModel, this.uri);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage(message.said, SAID_MS);
    }
  }

  private changed(): void {
    this.forget();
    clearTimeout(this.writing);
    this.writing = setTimeout(() => void this.refresh(), WRITING_MS);
  }

  private async keep(page: KeptPage): Promise<void> {
    this.page = page;
    await this.kept.keep(this.uri, page);
  }

  private forget(): void {
    this.reading?.source.cancel();
    this.reading = undefined;
  }

  private async refresh(): Promise<void> {
    if (!this.panel.visible) return;
    this.reading ??= this.read();
    const { reading } = this;
    const answer = await reading.answer;
    // Another reading has its own refresh.
    if (reading === this.reading) void this.panel.webview.postMessage(this.messageOf(answer));
  }

  private read(): Reading {
    const source = new vscode.CancellationTokenSource();
    return { source, answer: this.ask(source.token) };
  }

  private async ask(token: vscode.CancellationToken): Promise<InspectModelAnswer> {
    if (this.uri.scheme !== 'file') return { kind: 'fault', message: notOnDisk(this.uri) };
    const { size } = this.page;
    const params: ModelParams = { uri: this.uri.toString(), ...(size === undefined ? {} : { size }) };
    try {
      return await sendRequest(this.server.client, INSPECT_MODEL_REQUEST, params, token);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { kind: 'fault', message: vscode.l10n.t('The language server gave no answer: {0}', message) };
    }
  }

  private messageOf(answer: InspectModelAnswer): ToModel {
    const file = vscode.workspace.asRelativePath(this.uri);
    if (answer.kind === 'fault') {
      const { message, offset } = answer;
      return { type: 'fault', file, message, ...(offset === undefined ? {} : { offset }) };
    }
    const { model, sizeProblem } = answer;
    return {
      type: 'model',
      file,
      model,
      page: this.page,
      ...(sizeProblem === undefined ? {} : { sizeProblem }),
    };
  }

  dispose(): void {
    clearTimeout(this.writing);
    this.forget();
    for (const part of this.parts) part.dispose();
  }
}

/** Models are stepped through on the disk, because they may be larger than any memory. */
export const notOnDisk = ({ scheme }: vscode.Uri): string =>
  vscode.l10n.t(
    'This model is not on a disk ({0}): only files on the disk are read. Save a copy of it in a folder and open that.',
    scheme,
  );
