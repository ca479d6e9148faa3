import * as vscode from 'vscode';
import { loadPage, pagesFolder } from './page.ts';

export interface DockedKind<From> {
  /** Also the name of the view's script and style sheet in dist/webview. */
  readonly name: string;
  readonly viewId: string;
  readonly title: string;
  readonly accepts: (message: unknown) => message is From;
  readonly receive: (message: From) => void;
  /** It came into view, or went out of it. */
  readonly seen: (visible: boolean) => void;
}

/**
 * A webview that has its place in the workbench, as the panel's views have. A hidden page is thrown away by VS Code; when
 * it is shown again it says `ready` and gets everything anew, because all state is ours.
 */
export class Docked<From, To> implements vscode.Disposable {
  private readonly kind: DockedKind<From>;
  private readonly folder: vscode.Uri;
  private readonly provider: vscode.Disposable;
  private view: vscode.WebviewView | undefined;

  constructor(context: vscode.ExtensionContext, kind: DockedKind<From>) {
    this.kind = kind;
    this.folder = pagesFolder(context);
    this.provider = vscode.window.registerWebviewViewProvider(kind.viewId, {
      resolveWebviewView: (view) => this.adopt(view),
    });
  }

  get visible(): boolean {
    return this.view?.visible === true;
  }

  /** Opens it, with the keyboard in it unless that shall stay where it is. */
  async show(options: { readonly preserveFocus?: boolean } = {}): Promise<void> {
    await vscode.commands.executeCommand(`${this.kind.viewId}.focus`, options);
  }

  post(message: To): void {
    void this.view?.webview.postMessage(message);
  }

  private adopt(view: vscode.WebviewView): void {
    this.view = view;
    const { accepts, receive, seen, name, title } = this.kind;
    view.webview.onDidReceiveMessage((message: unknown) => {
      if (accepts(message)) receive(message);
    });
    view.onDidChangeVisibility(() => seen(view.visible));
    view.onDidDispose(() => {
      if (this.view === view) this.view = undefined;
    });
    seen(view.visible);
    loadPage(view.webview, this.folder, name, title);
  }

  dispose(): void {
    this.provider.dispose();
  }
}
