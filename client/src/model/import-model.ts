import * as vscode from 'vscode';
import {
  IMPORT_MODEL_REQUEST,
  type ImportModelAnswer,
  type ImportModelParams,
} from '../../../server/src/server/protocol.ts';
import { COMMANDS } from '../command-ids.ts';
import type { LanguageServer } from '../language-server.ts';
import { sendRequest } from '../messages.ts';
import { notOnDisk } from './model-page.ts';

/** Differences that a message names; the others are a number. */
const MOST = 3;

/** Opens the text that a model would be as a new file, and says what is different. */
export async function importModel(server: LanguageServer, model: vscode.Uri | undefined): Promise<void> {
  await open(server, model, false);
}

/** Imports a model, searches for a better backbone at the model's own costs, and shows both side by side. */
export async function improveModel(server: LanguageServer, model: vscode.Uri | undefined): Promise<void> {
  const document = await open(server, model, true);
  if (document === undefined) return;
  await vscode.commands.executeCommand(COMMANDS.runSearch, { uri: document.uri.toString(), diff: true });
}

async function open(
  server: LanguageServer,
  model: vscode.Uri | undefined,
  search: boolean,
): Promise<vscode.TextDocument | undefined> {
  const uri = model ?? (await pickModel());
  if (uri === undefined) return undefined;
  const answer = await read(server, uri, search);
  if (answer.kind === 'none') void vscode.window.showInformationMessage(answer.why);
  if (answer.kind === 'fault') void vscode.window.showErrorMessage(answer.message);
  if (answer.kind !== 'design') return undefined;
  const document = await vscode.workspace.openTextDocument({ language: 'mae', content: answer.mae });
  await vscode.window.showTextDocument(document);
  if (!answer.exact) tellDifferences(answer.differences);
  return document;
}

function tellDifferences(differences: readonly string[]): void {
  const named = differences.slice(0, MOST).join(' ');
  const more = differences.length > MOST ? ` ${vscode.l10n.t('And {0} more.', differences.length - MOST)}` : '';
  void vscode.window.showWarningMessage(
    vscode.l10n.t('The design is not all that the model is: {0}', `${named}${more}`),
  );
}

const read = (server: LanguageServer, uri: vscode.Uri, search: boolean): Promise<ImportModelAnswer> =>
  uri.scheme === 'file'
    ? ask(server, { uri: uri.toString(), search })
    : Promise.resolve({ kind: 'fault', message: notOnDisk(uri) });

const ask = (server: LanguageServer, params: ImportModelParams): Promise<ImportModelAnswer> =>
  sendRequest(server.client, IMPORT_MODEL_REQUEST, params).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'fault', message: vscode.l10n.t('The language server gave no answer: {0}', message) };
  });

async function pickModel(): Promise<vscode.Uri | undefined> {
  const filters = { [vscode.l10n.t('ONNX models')]: ['onnx'] };
  const title = vscode.l10n.t('Import an ONNX Model');
  return (await vscode.window.showOpenDialog({ filters, title, openLabel: vscode.l10n.t('Import') }))?.[0];
}
