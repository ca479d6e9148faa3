import * as vscode from 'vscode';

/** More files than anybody looks through. */
const MOST = 1000;

/** Asks for .mae files: those of the workspace in a list, others by the dialog. Empty when nothing was chosen. */
export async function pickFiles(without: readonly string[]): Promise<string[]> {
  const found = await vscode.workspace.findFiles('**/*.mae', '**/node_modules/**', MOST);
  const files = found
    .filter((uri) => !without.includes(uri.toString()))
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  if (files.length === 0) return browse();
  const others = { label: `$(folder-opened) ${vscode.l10n.t('Browse…')}`, alwaysShow: true };
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const items: (vscode.QuickPickItem & { readonly uri?: vscode.Uri })[] = [...files, separator, others];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Files with backbones to compare'),
    placeHolder: vscode.l10n.t('Tick one or more files'),
    canPickMany: true,
  });
  if (picked === undefined) return [];
  const browsed = picked.includes(others) ? await browse() : [];
  return [...picked.flatMap(({ uri }) => (uri === undefined ? [] : [uri.toString()])), ...browsed];
}

async function browse(): Promise<string[]> {
  const picked = await vscode.window.showOpenDialog({
    canSelectMany: true,
    filters: { 'MAE-DET': ['mae'] },
    title: vscode.l10n.t('Files with backbones to compare'),
  });
  return (picked ?? []).map((uri) => uri.toString());
}
