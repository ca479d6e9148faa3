import * as vscode from 'vscode';
import type { LanguageServer } from './language-server.ts';
import { isMaeFile, maeEditor } from './mae-editor.ts';

/** Joins the keystrokes of a word, and lets the server hear of a setting before it is asked. */
const DELAY_MS = 120;

/** The .mae file that a view beside the text shows: the one in front, again after each change of its text or our settings. */
export class FollowedFile implements vscode.Disposable {
  private readonly changed: () => Promise<void>;
  private readonly listeners: vscode.Disposable[];
  private timer: ReturnType<typeof setTimeout> | undefined;
  uri: string | undefined;

  /**
   * @param changed another file is in front, or its text, a setting or a profile is another
   * @param server tells that numbers are others though the text is not
   */
  constructor(changed: () => Promise<void>, server: Pick<LanguageServer, 'onNumbersChanged'>) {
    this.changed = changed;
    this.listeners = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() === this.uri) this.soon();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('mae-det')) this.soon();
      }),
      server.onNumbersChanged(() => this.soon()),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor?.document)),
    ];
  }

  follow(document: vscode.TextDocument | undefined = maeEditor()?.document): void {
    if (document === undefined || !isMaeFile(document)) return;
    const uri = document.uri.toString();
    if (uri === this.uri) return;
    this.uri = uri;
    this.soon();
  }

  /** Tells of a change, joined with those that come at once. */
  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.changed(), DELAY_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const listener of this.listeners) listener.dispose();
  }
}
