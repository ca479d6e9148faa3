import * as vscode from 'vscode';
import { profileFile } from '../../server/src/server/protocol.ts';
import { maeFile } from './mae-editor.ts';

/** What a quick fix says: beside which file the profile goes, and how the device is called there. */
interface Wanted {
  readonly uri: string;
  readonly device: string;
}

const isWanted = (value: unknown): value is Wanted =>
  typeof value === 'object' &&
  value !== null &&
  'uri' in value &&
  typeof value.uri === 'string' &&
  'device' in value &&
  typeof value.device === 'string' &&
  NAME.test(value.device);

/** A name as the language has it. */
const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_]*(-[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*)*$/u;

/**
 * Times this machine with the command line that the extension has with it, in a terminal that shows how far it is. The file
 * appears beside the design when it is done, and the server shows what it says.
 */
export async function makeProfile(context: vscode.ExtensionContext, argument: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    const message = vscode.l10n.t('Programs are run in a trusted workspace only. Trust it to make a profile.');
    await vscode.window.showWarningMessage(message);
    return;
  }
  const wanted = isWanted(argument) ? argument : await askWanted();
  if (wanted === undefined) return;
  const document = vscode.Uri.parse(wanted.uri);
  if (document.scheme !== 'file') {
    await vscode.window.showWarningMessage(
      vscode.l10n.t('A profile stands beside a file on this machine: save it first.'),
    );
    return;
  }
  const folder = vscode.Uri.joinPath(document, '..');
  const out = vscode.Uri.joinPath(folder, profileFile(wanted.device)).fsPath;
  const program = context.asAbsolutePath('dist/cli.js');
  const execution = new vscode.ProcessExecution(process.execPath, [program, 'profile', '--out', out], {
    cwd: folder.fsPath,
    // The editor is a Node program too, where it is asked to be.
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  const name = vscode.l10n.t('Profile {0}', wanted.device);
  const task = new vscode.Task({ type: 'process' }, vscode.TaskScope.Global, name, 'MAE-DET', execution);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true };
  await vscode.tasks.executeTask(task);
}

/** From the palette: beside the file in front, by the name that is typed. */
async function askWanted(): Promise<Wanted | undefined> {
  const document = await maeFile({
    which: vscode.l10n.t('Make a profile beside which file?'),
    none: vscode.l10n.t('Open a .mae file to make a profile beside it.'),
  });
  if (document === undefined) return undefined;
  const device = await vscode.window.showInputBox({
    title: vscode.l10n.t('Make a Profile of This Machine'),
    prompt: vscode.l10n.t('What a budget calls this machine, as in latency <= 10ms on {0}', EXAMPLE),
    value: EXAMPLE,
    validateInput: (text) =>
      NAME.test(text) ? undefined : vscode.l10n.t('Letters, digits, _ and inner hyphens, as in {0}', EXAMPLE),
  });
  return device === undefined ? undefined : { uri: document.uri.toString(), device };
}

const EXAMPLE = 'desktop';
