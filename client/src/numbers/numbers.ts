import * as vscode from 'vscode';
import { NUMBERS_REQUEST, type NumbersAnswer, type NumbersParams } from '../../../server/src/server/protocol.ts';
import { COMMANDS } from '../command-ids.ts';
import { FollowedFile } from '../followed-file.ts';
import type { LanguageServer } from '../language-server.ts';
import { sendRequest } from '../messages.ts';
import { revealLine } from '../reveal-line.ts';
import { Docked } from '../webviews/docked.ts';
import { keptUri } from '../webviews/kept-uri.ts';
import { keptSort, nextSort, type Sort } from '../webviews/sort.ts';
import { type FromNumbers, isFromNumbers, type ToNumbers } from './messages.ts';
import { SavedNumbers } from './saved-numbers.ts';

/** Where it is kept over reloads which file is shown, in which order, and whether the view is open. */
const KEPT = 'mae-det.numbers';
/** package.json shows the view once this is set: from the first .mae file on. */
const USED = 'mae-det.used';

/** Every number of the file in front, in the panel: follows text and cursor, and says what changed since the last save. */
export class Numbers implements vscode.Disposable {
  private readonly server: LanguageServer;
  private readonly memory: vscode.Memento;
  private readonly view: Docked<FromNumbers, ToNumbers>;
  private readonly file: FollowedFile;
  private readonly saved: SavedNumbers;
  private readonly parts: vscode.Disposable[];
  private sort: Sort | undefined;
  private open: boolean;
  private noticed = false;

  constructor(context: vscode.ExtensionContext, server: LanguageServer) {
    this.server = server;
    this.memory = context.workspaceState;
    const kept = this.memory.get(KEPT);
    this.sort = keptSort(kept);
    this.open = typeof kept === 'object' && kept !== null && 'open' in kept && kept.open === true;
    this.file = new FollowedFile(() => this.refresh(), server);
    this.file.uri = keptUri(kept);
    this.saved = new SavedNumbers((params) => this.ask(params));
    this.view = new Docked<FromNumbers, ToNumbers>(context, {
      name: 'numbers',
      viewId: 'mae-det.numbers',
      title: vscode.l10n.t('Numbers'),
      accepts: isFromNumbers,
      receive: (message) => void this.receive(message),
      seen: (visible) => {
        this.open = visible;
        void this.keep();
      },
    });
    this.parts = [
      this.view,
      this.file,
      this.saved,
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.cursor(textEditor)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.toString() === this.file.uri) this.file.soon();
      }),
      vscode.workspace.onDidOpenTextDocument((document) => void this.notice(document)),
    ];
    for (const document of vscode.workspace.textDocuments) void this.notice(document);
  }

  async show(): Promise<void> {
    await vscode.commands.executeCommand('setContext', USED, true);
    await this.view.show();
  }

  /** The first .mae file brings the view, and opens it where it was open when the window was left. */
  private async notice({ languageId }: vscode.TextDocument): Promise<void> {
    if (languageId !== 'mae' || this.noticed) return;
    this.noticed = true;
    const wasOpen = this.open;
    await vscode.commands.executeCommand('setContext', USED, true);
    if (wasOpen) await this.view.show({ preserveFocus: true });
  }

  private async receive(message: FromNumbers): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.file.follow();
        return this.refresh();
      case 'reveal':
        return this.file.uri === undefined ? undefined : revealLine(this.file.uri, message.line);
      case 'sort':
        this.sort = nextSort(this.sort, message.column);
        return this.refresh();
      case 'glossary':
        await vscode.commands.executeCommand(COMMANDS.showGlossary);
    }
  }

  private async refresh(): Promise<void> {
    if (!this.view.visible) return;
    const { uri } = this.file;
    const document = uri === undefined ? undefined : await documentOf(uri);
    if (uri === undefined || document === undefined) return this.view.post({ type: 'nothing' });
    const answer = await this.ask({ uri });
    const saved = await this.saved.of(document, answer);
    // A newer text has its own refresh on the way; another file in front too.
    if (answer === null || answer.version !== document.version || uri !== this.file.uri) return;
    await this.keep();
    const file = vscode.workspace.asRelativePath(document.uri);
    this.view.post({ type: 'numbers', file, backbones: answer.backbones, saved, sort: this.sort });
    const editor = vscode.window.visibleTextEditors.find((e) => e.document === document);
    if (editor !== undefined) this.cursor(editor);
  }

  private async keep(): Promise<void> {
    const state = { uri: this.file.uri, sort: this.sort, open: this.open };
    // Each keystroke comes by here.
    if (JSON.stringify(state) !== JSON.stringify(this.memory.get(KEPT))) await this.memory.update(KEPT, state);
  }

  private ask(params: NumbersParams): Promise<NumbersAnswer> {
    return sendRequest(this.server.client, NUMBERS_REQUEST, params);
  }

  private cursor({ document, selection }: vscode.TextEditor): void {
    if (document.uri.toString() === this.file.uri) this.view.post({ type: 'cursor', line: selection.active.line });
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }
}

/** Undefined when the file is gone. */
const documentOf = (uri: string): Promise<vscode.TextDocument | undefined> =>
  Promise.resolve(vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).catch(() => undefined);
