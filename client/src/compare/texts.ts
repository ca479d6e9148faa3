import * as vscode from 'vscode';
import type { ComparedText } from '../../../server/src/server/protocol.ts';

/** As much as a design can be long; what is beyond it is no design. */
const MAX_BYTES = 8_000_000;

/** A file that cannot be compared, and why. */
export interface Unreadable {
  readonly uri: string;
  readonly problem: string;
}

/**
 * The texts that are compared: where a file is open, what its editor holds, and the file itself otherwise. It is read
 * here and not by the server, because only the editor reaches every file system that a workspace may be on.
 */
export class ComparedTexts implements vscode.Disposable {
  private readonly changed: () => void;
  private readonly listeners: vscode.Disposable[];
  private readonly folders = new Map<string, vscode.Disposable>();
  private watched: ReadonlySet<string> = new Set();

  /** @param changed one of the texts may be another */
  constructor(changed: () => void) {
    this.changed = changed;
    this.listeners = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.notice(document.uri)),
      // Closing may have thrown away what was not saved.
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.notice(uri)),
    ];
  }

  /** From now on `changed` tells of these files. */
  watch(uris: readonly string[]): void {
    this.watched = new Set(uris);
    const parents = new Set(uris.map((uri) => vscode.Uri.joinPath(vscode.Uri.parse(uri), '..').toString()));
    for (const [folder, watcher] of this.folders) {
      if (parents.has(folder)) continue;
      watcher.dispose();
      this.folders.delete(folder);
    }
    for (const folder of parents) if (!this.folders.has(folder)) this.folders.set(folder, this.watchFolder(folder));
  }

  async read(uri: string): Promise<ComparedText | Unreadable> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
    // The server has every document of the language itself.
    if (open !== undefined) return open.languageId === 'mae' ? { uri } : { uri, text: open.getText() };
    try {
      const file = vscode.Uri.parse(uri);
      const { size } = await vscode.workspace.fs.stat(file);
      if (size > MAX_BYTES) {
        return { uri, problem: vscode.l10n.t('It is larger than {0} MB: a design is a small text.', MAX_BYTES / 1e6) };
      }
      const bytes = await vscode.workspace.fs.readFile(file);
      return { uri, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
    } catch (error) {
      return { uri, problem: reason(error) };
    }
  }

  private watchFolder(folder: string): vscode.Disposable {
    const pattern = new vscode.RelativePattern(vscode.Uri.parse(folder), '*.mae');
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      event((uri) => this.notice(uri));
    }
    return watcher;
  }

  private notice(uri: vscode.Uri): void {
    if (this.watched.has(uri.toString())) this.changed();
  }

  dispose(): void {
    for (const part of [...this.listeners, ...this.folders.values()]) part.dispose();
  }
}

function reason(error: unknown): string {
  if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
    return vscode.l10n.t('There is no such file any more. Remove it here, or bring it back.');
  }
  if (error instanceof TypeError) return vscode.l10n.t('It is no UTF-8 text.');
  return vscode.l10n.t('It cannot be read: {0}', error instanceof Error ? error.message : String(error));
}
