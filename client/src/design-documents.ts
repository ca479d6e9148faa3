import * as vscode from 'vscode';
import type { FoundDesign } from './design-edit.ts';
import { DESIGN_SCHEME } from './mae-editor.ts';

/** Texts that stand in no file, for one side of the editor's diff; read-only, and nothing that has to be saved. */
export class DesignDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, Shown>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly parts: vscode.Disposable[];
  private count = 0;
  readonly onDidChange = this.changed.event;

  constructor() {
    this.parts = [
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(DESIGN_SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.follow(document.uri.toString())),
    ];
  }

  /** A document beside a file. Asked for its text again whenever the file changes. */
  add(file: vscode.Uri, design: FoundDesign | undefined, text: () => Promise<string>): vscode.Uri {
    this.count += 1;
    const uri = file.with({ scheme: DESIGN_SCHEME, authority: '', query: String(this.count) });
    this.texts.set(uri.toString(), { file, design, text });
    return uri;
  }

  /** The file that a document stands beside, and the design that it shows in it. */
  designOf(uri: vscode.Uri): { readonly file: vscode.Uri; readonly design: FoundDesign } | undefined {
    const shown = this.texts.get(uri.toString());
    return shown?.design === undefined ? undefined : { file: shown.file, design: shown.design };
  }

  provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return this.texts.get(uri.toString())?.text() ?? Promise.resolve('');
  }

  private follow(file: string): void {
    for (const [uri, shown] of this.texts) {
      if (shown.file.toString() === file) this.changed.fire(vscode.Uri.parse(uri));
    }
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }
}

interface Shown {
  readonly file: vscode.Uri;
  /** Undefined for the file as it was. */
  readonly design: FoundDesign | undefined;
  readonly text: () => Promise<string>;
}
