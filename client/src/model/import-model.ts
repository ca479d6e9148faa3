import * as vscode from 'vscode';
import { IMPORT_MODEL_REQUEST, type ImportModelAnswer, type ModelParams } from '../../../server/src/server/protocol.ts';
import type { LanguageServer } from '../language-server.ts';
import { notOnDisk } from './model-page.ts';

/** Differences that a message names; the others are a number. */
const MOST = 3;

/** Opens the text that a model would be as a new file, and says what is different. */
export async function importModel(server: LanguageServer, model: vscode.Uri | undefined): Promise<void> {
  const uri = model ?? (await pickModel());
  if (uri === undefined) return;
  if (uri.scheme !== 'file') return void vscode.window.showErrorMessage(notOnDisk(uri));
  const answer = await ask(server, { uri: uri.toString() });
  if (answer.kind === 'none') return void vscode.window.showInformationMessage(answer.why);
  if (answer.kind === 'fault') return void vscode.window.showErrorMessage(answer.message);
  const document = await vscode.workspace.openTextDocument({ language: 'mae', content: answer.mae });
  await vscode.window.showTextDocument(document);
  if (answer.exact) return;
  const { differences } = answer;
  const named = differences.slice(0, MOST).join(' ');
  const more = differences.length > MOST ? ` ${vscode.l10n.t('And {0} more.', differences.length - MOST)}` : '';
  void vscode.window.showWarningMessage(
    vscode.l10n.t('The design is not all that the model is: {0}', `${named}${more}`),
  );
}

const ask = (server: LanguageServer, params: ModelParams): Promise<ImportModelAnswer> =>
  server.client.sendRequest<ImportModelAnswer>(IMPORT_MODEL_REQUEST, params).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'fault', message: vscode.l10n.t('The language server gave no answer: {0}', message) };
  });

async function pickModel(): Promise<vscode.Uri | undefined> {
  const filters = { [vscode.l10n.t('ONNX models')]: ['onnx'] };
  const title = vscode.l10n.t('Import an ONNX Model');
  return (await vscode.window.showOpenDialog({ filters, title, openLabel: vscode.l10n.t('Import') }))?.[0];
}
