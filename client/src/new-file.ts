import * as vscode from 'vscode';
import { TEMPLATES_REQUEST, type TemplatesAnswer } from '../../server/src/server/protocol.ts';
import type { LanguageServer } from './language-server.ts';

/** A new file from a template that the person picks; an empty .mae file that is in front is filled instead. */
export async function newFile(server: LanguageServer): Promise<void> {
  const text = await pickTemplate(server);
  if (text === undefined) return;
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId === 'mae' && editor.document.getText().trim() === '') {
    const whole = new vscode.Range(0, 0, editor.document.lineCount, 0);
    await editor.edit((edit) => edit.replace(whole, text));
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: 'mae', content: text });
  await vscode.window.showTextDocument(document);
}

async function pickTemplate(server: LanguageServer): Promise<string | undefined> {
  const templates = await server.client.sendRequest<TemplatesAnswer>(TEMPLATES_REQUEST);
  const items = templates.map(({ name, title, text }) => ({ label: name, detail: title, text }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('New Backbone File'),
    placeHolder: vscode.l10n.t('What should it begin as?'),
    matchOnDetail: true,
  });
  return picked?.text;
}
