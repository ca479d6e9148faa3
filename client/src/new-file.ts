import * as vscode from 'vscode';
import { pickExample } from './shipped.ts';

/** A new file that begins as a design that the person picks; an empty .mae file that is in front is filled instead. */
export async function newFile(context: vscode.ExtensionContext): Promise<void> {
  const title = vscode.l10n.t('New Backbone File');
  const text = await pickExample(context, title, vscode.l10n.t('What should it begin as?'));
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
