import * as vscode from 'vscode';

const fileName = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

/** The first line with words in it, without the sign that makes it a comment or a heading. */
const firstLine = (text: string): string => (/^\W*(\w.*)$/m.exec(text)?.[1] ?? '').trim();

/** What one begins with comes first, then what one knows; the others follow by name. */
const DESIGNS = [
  'first_search.mae',
  'resnet18.mae',
  'resnet50.mae',
  'mobilenetv2.mae',
  'maedet_s.mae',
  'maedet_m.mae',
  'maedet_l.mae',
];
const PAGES = ['vscode.md'];

const EXAMPLES = 'examples';
/** Whole detectors are there to read: what one begins with is a backbone. */
const DETECTORS = `${EXAMPLES}/detectors`;

/** The texts of a folder that comes with the extension: the named ones first, the others by the names of their files. */
async function texts(
  context: vscode.ExtensionContext,
  folder: string,
  first: readonly string[],
): Promise<{ uri: vscode.Uri; text: string }[]> {
  const root = vscode.Uri.joinPath(context.extensionUri, folder);
  const entries = await vscode.workspace.fs.readDirectory(root);
  const files = entries.filter(([, type]) => type === vscode.FileType.File).map(([name]) => name);
  const place = (name: string): number => (first.includes(name) ? first.indexOf(name) : first.length);
  return Promise.all(
    files
      .toSorted()
      .toSorted((a, b) => place(a) - place(b))
      .map(async (name) => {
        const uri = vscode.Uri.joinPath(root, name);
        return { uri, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
      }),
  );
}

/** Lets the person pick one of the designs that come with the extension, and returns its text. */
export async function pickExample(
  context: vscode.ExtensionContext,
  title: string,
  placeHolder: string,
  folders: readonly string[] = [EXAMPLES],
): Promise<string | undefined> {
  const examples = (await Promise.all(folders.map((folder) => texts(context, folder, DESIGNS)))).flat();
  const items = examples.map(({ uri, text }) => ({ label: fileName(uri), detail: firstLine(text), text }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDetail: true });
  return picked?.text;
}

/** Opens a copy of a design that comes with the extension: the original is nobody's to change. */
export async function openExample(context: vscode.ExtensionContext): Promise<void> {
  const placeHolder = vscode.l10n.t('It opens as a copy, in a new file.');
  const content = await pickExample(context, vscode.l10n.t('Open an Example'), placeHolder, [EXAMPLES, DETECTORS]);
  if (content === undefined) return;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'mae', content }));
}

/** Shows a page of the documentation that comes with the extension, with its pictures, in VS Code's own preview. */
export async function showDocumentation(context: vscode.ExtensionContext): Promise<void> {
  const pages = await texts(context, 'docs', PAGES);
  const items = pages.map(({ uri, text }) => ({
    label: firstLine(text),
    description: `docs/${fileName(uri)}`,
    uri,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Documentation of MAE-DET') });
  if (picked !== undefined) await vscode.commands.executeCommand('markdown.showPreview', picked.uri);
}
