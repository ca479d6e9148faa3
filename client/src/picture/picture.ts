import * as vscode from 'vscode';
import { exportedSvg } from '../../../drawing/export.ts';
import { PICTURE_REQUEST, type PictureAnswer, type PictureParams } from '../../../server/src/server/protocol.ts';
import { FollowedFile } from '../followed-file.ts';
import type { LanguageServer } from '../language-server.ts';
import { maeFile } from '../mae-editor.ts';
import { sendRequest } from '../messages.ts';
import { revealLine } from '../reveal-line.ts';
import { keptUri } from '../webviews/kept-uri.ts';
import { Panel } from '../webviews/panel.ts';
import { type FromPicture, isFromPicture, type ToPicture } from './messages.ts';

/** The architecture picture beside the text: follows the text, its cursor, and the file in front. */
export class Picture implements vscode.Disposable {
  private readonly server: LanguageServer;
  private readonly panel: Panel<FromPicture, ToPicture>;
  private readonly parts: vscode.Disposable[];
  private readonly file: FollowedFile;

  constructor(context: vscode.ExtensionContext, server: LanguageServer) {
    this.server = server;
    this.file = new FollowedFile(() => this.refresh(), server);
    this.panel = new Panel<FromPicture, ToPicture>(context, {
      name: 'picture',
      viewType: 'mae-det.picture',
      title: vscode.l10n.t('Architecture Picture'),
      accepts: isFromPicture,
      receive: (message) => void this.receive(message),
      restore: (kept) => {
        this.file.uri ??= keptUri(kept);
      },
    });
    this.parts = [
      this.panel,
      this.file,
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.cursor(textEditor)),
    ];
  }

  async show(): Promise<void> {
    if (this.panel.active) return;
    const document = await maeFile({
      which: vscode.l10n.t('Draw which file?'),
      none: vscode.l10n.t('Open a .mae file to draw.'),
    });
    if (document === undefined) return;
    this.file.follow(document);
    this.panel.show();
  }

  /** Writes one backbone as an SVG file: of the file in front, or the one that is chosen. */
  async export(wanted?: string): Promise<void> {
    const uri = wanted !== undefined || this.panel.active ? this.file.uri : await exportedFile();
    if (uri === undefined) return;
    const answer = await this.ask(uri);
    const names = answer?.backbones.map((b) => b.name) ?? [];
    if (names.length === 0) {
      await vscode.window.showInformationMessage(vscode.l10n.t('This file has no backbone whose numbers can be read.'));
      return;
    }
    const title = vscode.l10n.t('Export which backbone?');
    const name = wanted ?? (names.length === 1 ? names[0] : await vscode.window.showQuickPick(names, { title }));
    const backbone = answer?.backbones.find((b) => b.name === name);
    if (backbone === undefined) return;
    const defaultUri = vscode.Uri.joinPath(vscode.Uri.parse(uri), '..', `${backbone.name}.svg`);
    const target = await vscode.window.showSaveDialog({ defaultUri, filters: { SVG: ['svg'] } });
    if (target === undefined) return;
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(exportedSvg(backbone)));
    this.panel.post({ type: 'say', text: vscode.l10n.t('Exported.') });
  }

  private cursor({ document, selection }: vscode.TextEditor): void {
    if (document.uri.toString() === this.file.uri) this.panel.post({ type: 'cursor', line: selection.active.line });
  }

  private async receive(message: FromPicture): Promise<void> {
    const { uri } = this.file;
    if (message.type === 'reveal') return uri === undefined ? undefined : revealLine(uri, message.line);
    if (message.type === 'export') return this.export(message.backbone);
    return this.refresh();
  }

  private async refresh(): Promise<void> {
    const { uri } = this.file;
    if (uri === undefined || !this.panel.visible) return;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const answer = await this.ask(uri);
    // A newer text has its own refresh on the way; another file in front too.
    if (answer === null || answer.version !== document.version || uri !== this.file.uri) return;
    const file = vscode.workspace.asRelativePath(document.uri);
    this.panel.post({ type: 'picture', uri, file, backbones: answer.backbones });
    const editor = vscode.window.visibleTextEditors.find((e) => e.document === document);
    if (editor !== undefined) this.cursor(editor);
  }

  private ask(uri: string): Promise<PictureAnswer> {
    const params: PictureParams = { uri };
    return sendRequest(this.server.client, PICTURE_REQUEST, params);
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }
}

async function exportedFile(): Promise<string | undefined> {
  const document = await maeFile({
    which: vscode.l10n.t('Export which file?'),
    none: vscode.l10n.t('Open a .mae file with a backbone to export.'),
  });
  return document?.uri.toString();
}
