import * as vscode from 'vscode';
import {
  EXPORT_CHOICES_REQUEST,
  EXPORT_REQUEST,
  type ExportAnswer,
  type ExportChoicesAnswer,
  type ExportParams,
} from '../../server/src/server/protocol.ts';
import type { LanguageServer } from './language-server.ts';
import { maeFile } from './mae-editor.ts';
import { sendRequest } from './messages.ts';
import { showRange } from './reveal.ts';

type Choices = NonNullable<ExportChoicesAnswer>;
type Design = Choices['designs'][number];
type Format = Choices['formats'][number];

/** Export Design: which design, which format, which file; then what was written. */
export async function exportDesign(server: LanguageServer): Promise<void> {
  const { l10n, window } = vscode;
  const none = l10n.t('Open a .mae file to export from.');
  const document = await maeFile({ which: l10n.t('Export from which file?'), none });
  if (document === undefined) return;
  const uri = document.uri.toString();
  const choices = await sendRequest(server.client, EXPORT_CHOICES_REQUEST, { uri });
  const design = choices === null ? undefined : await pickDesign(choices.designs);
  if (choices === null || design === undefined) return;
  const format = await pickFormat(choices.formats.filter((one) => design.kind === 'backbone' || one.takesDetectors));
  const weights = format && (format.hasWeights ? await pickWeights() : 'none');
  if (format === undefined || weights === undefined) return;
  const defaultUri = besideOf(document, design.name + format.extension);
  const target = await window.showSaveDialog({
    title: l10n.t('Export {0} as {1}', design.name, format.title),
    ...(defaultUri === undefined ? {} : { defaultUri }),
    filters: { [format.title]: [format.extension.slice(1)] },
  });
  if (target === undefined) return;
  if (target.scheme !== 'file') {
    void window.showErrorMessage(l10n.t('A design can be exported to a file on this machine only.'));
    return;
  }
  const { kind, name } = design;
  const params = { uri, kind, name, format: format.name, weights, path: target.fsPath };
  const ask = (replace: boolean) => asked(server, { ...params, replace }, design.name + format.extension);
  const first = await ask(false);
  const answer = first?.kind === 'taken' && (await mayReplace(first.paths)) ? await ask(true) : first;
  if (answer !== undefined) await tell(document, answer);
}

/** Exports with a notification that can cancel it: weights of a large network take their time. Undefined when it was cancelled. */
async function asked(server: LanguageServer, params: ExportParams, file: string): Promise<ExportAnswer | undefined> {
  const title = vscode.l10n.t('Exporting {0}', file);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_, token) => {
    try {
      return await sendRequest(server.client, EXPORT_REQUEST, params, token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  });
}

async function pickDesign(designs: readonly Design[]): Promise<Design | undefined> {
  const { l10n, window } = vscode;
  if (designs.length === 0) void window.showInformationMessage(l10n.t('This file has nothing to export yet.'));
  if (designs.length <= 1) return designs[0];
  const kinds = { backbone: l10n.t('backbone'), detector: l10n.t('detector') };
  const items = designs.map((design) => ({ label: design.name, description: kinds[design.kind], design }));
  return (await window.showQuickPick(items, { title: l10n.t('Export which design?') }))?.design;
}

async function pickFormat(formats: readonly Format[]): Promise<Format | undefined> {
  const items = formats.map((format) => ({
    label: format.title,
    description: format.extension,
    detail: format.doc,
    format,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Export as what?') }))?.format;
}

async function pickWeights(): Promise<ExportParams['weights'] | undefined> {
  const { l10n, window } = vscode;
  const items = [
    {
      label: l10n.t('Random weights'),
      detail: l10n.t('A file that runs, as large as the network.'),
      weights: 'random' as const,
    },
    {
      label: l10n.t('No weights'),
      detail: l10n.t('A small file to look at and to count; it cannot run.'),
      weights: 'none' as const,
    },
  ];
  return (await window.showQuickPick(items, { title: l10n.t('With which weights?') }))?.weights;
}

/** Where the design itself is, on a disk. */
function besideOf({ uri }: vscode.TextDocument, file: string): vscode.Uri | undefined {
  if (uri.scheme === 'file') return vscode.Uri.joinPath(uri, '..', file);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder?.scheme === 'file' ? vscode.Uri.joinPath(folder, file) : undefined;
}

async function mayReplace(paths: readonly string[]): Promise<boolean> {
  const { l10n, window } = vscode;
  const replace = l10n.t('Replace');
  const names = paths.map((one) => fileName(one)).join(', ');
  const detail = l10n.t('What stands there now is lost.');
  return (await window.showWarningMessage(l10n.t('Replace {0}?', names), { modal: true, detail }, replace)) === replace;
}

async function tell(document: vscode.TextDocument, answer: ExportAnswer): Promise<void> {
  const { l10n, window } = vscode;
  if (answer.kind === 'taken') return;
  if (answer.kind === 'failed') {
    const show = l10n.t('Show');
    const buttons = answer.range === undefined ? [] : [show];
    const pressed = await window.showErrorMessage(answer.message, ...buttons);
    if (pressed === show && answer.range !== undefined) await showRange(document.uri, answer.range);
    return;
  }
  const [first = ''] = answer.paths;
  const open = l10n.t('Open');
  const names = answer.paths.map((one) => fileName(one)).join(', ');
  const pressed = await window.showInformationMessage(l10n.t('Exported to {0}.', names), open);
  if (pressed === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(first));
}

/** The last part of a path of any system. */
const fileName = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
