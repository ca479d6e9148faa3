import * as vscode from 'vscode';
import type { LanguageServer } from '../language-server.ts';
import { KeptModels } from './kept-models.ts';
import { ModelPage } from './model-page.ts';

const VIEW_TYPE = 'mae-det.model';

/** Shows ONNX models as they are opened: a page for each editor, which reads and never writes. */
export class ModelEditors implements vscode.CustomReadonlyEditorProvider, vscode.Disposable {
  private readonly context: vscode.ExtensionContext;
  private readonly server: LanguageServer;
  private readonly registration: vscode.Disposable;
  private readonly kept: KeptModels;
  private readonly pages = new Set<ModelPage>();

  constructor(context: vscode.ExtensionContext, server: LanguageServer) {
    this.context = context;
    this.server = server;
    this.kept = new KeptModels(context.workspaceState);
    this.registration = vscode.window.registerCustomEditorProvider(VIEW_TYPE, this, {
      supportsMultipleEditorsPerDocument: true,
    });
  }

  /** The model whose editor is in front. */
  get active(): vscode.Uri | undefined {
    return [...this.pages].find((page) => page.active)?.uri;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const page = new ModelPage(this.context, this.server, this.kept, uri, panel);
    this.pages.add(page);
    panel.onDidDispose(() => {
      this.pages.delete(page);
      page.dispose();
    });
  }

  dispose(): void {
    this.registration.dispose();
    for (const page of this.pages) page.dispose();
  }
}
