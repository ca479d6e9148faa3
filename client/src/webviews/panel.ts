import * as vscode from 'vscode';
import { loadPage, pagesFolder } from './page.ts';

export interface PanelKind<From> {
  /** Also the name of the view's script and style sheet in dist/webview. */
  readonly name: string;
  readonly viewType: string;
  readonly title: string;
  readonly accepts: (message: unknown) => message is From;
  readonly receive: (message: From) => void;
  /** Whether the keyboard goes along when a person opens it, as to a page that is all buttons. */
  readonly takesFocus?: boolean;
  /** What the page kept by `setState`, when VS Code brings the view back after a reload. */
  readonly restore?: (kept: unknown) => void;
}

/**
 * One webview of a kind: created when it is first shown, brought back after a reload. A hidden page is thrown away by
 * VS Code and costs nothing; when it is shown again it says `ready` and gets a snapshot, because all state is ours.
 */
export class Panel<From, To> implements vscode.Disposable {
  private readonly kind: PanelKind<From>;
  private readonly folder: vscode.Uri;
  private readonly icon: { readonly light: vscode.Uri; readonly dark: vscode.Uri };
  private readonly serializer: vscode.Disposable;
  private readonly visibility = new vscode.EventEmitter<boolean>();
  private panel: vscode.WebviewPanel | undefined;
  readonly onDidChangeVisibility = this.visibility.event;

  constructor(context: vscode.ExtensionContext, kind: PanelKind<From>) {
    this.kind = kind;
    this.folder = pagesFolder(context);
    const media = (file: string): vscode.Uri => vscode.Uri.joinPath(context.extensionUri, 'media', file);
    this.icon = { light: media('mae-light.svg'), dark: media('mae-dark.svg') };
    this.serializer = vscode.window.registerWebviewPanelSerializer(kind.viewType, {
      deserializeWebviewPanel: async (panel: vscode.WebviewPanel, kept: unknown) => {
        kind.restore?.(kept);
        this.adopt(panel);
      },
    });
  }

  get visible(): boolean {
    return this.panel?.visible === true;
  }

  /** Whether it is in front, with the keyboard in it. */
  get active(): boolean {
    return this.panel?.active === true;
  }

  set title(text: string) {
    if (this.panel !== undefined) this.panel.title = text;
  }

  /** Beside the text. The keyboard stays where it is, unless the view takes it. */
  show(): void {
    const { viewType, title, takesFocus } = this.kind;
    const preserveFocus = takesFocus !== true;
    if (this.panel !== undefined) {
      this.panel.reveal(undefined, preserveFocus);
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus };
    this.adopt(vscode.window.createWebviewPanel(viewType, title, place, {}));
  }

  post(message: To): void {
    void this.panel?.webview.postMessage(message);
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    const { accepts, receive, name, title } = this.kind;
    panel.iconPath = this.icon;
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (accepts(message)) receive(message);
    });
    panel.onDidChangeViewState(() => this.visibility.fire(panel.visible));
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
      this.visibility.fire(false);
    });
    loadPage(panel.webview, this.folder, name, title);
    this.visibility.fire(panel.visible);
  }

  dispose(): void {
    this.serializer.dispose();
    this.visibility.dispose();
    this.panel?.dispose();
  }
}
