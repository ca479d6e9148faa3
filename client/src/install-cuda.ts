import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';

const PACKAGE = '@tensorflow/tfjs-node-gpu@4.22.0';

/**
 * Puts the CUDA backend into the extension's own storage by npm, which brings TensorFlow's library of some hundred
 * megabytes. True when it is there. Failures say what npm said, and leave everything else as it was.
 */
export async function installCuda(folder: string, log: vscode.LogOutputChannel): Promise<boolean> {
  const title = vscode.l10n.t('MAE-DET: installing the CUDA backend');
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const failure = await vscode.window.withProgress(options, async (progress, token) => {
    await mkdir(folder, { recursive: true });
    // A package of its own, so that npm does not climb to somebody else's.
    await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
    return npmInstall(folder, token, (line) => {
      log.info(`npm: ${line}`);
      progress.report({ message: line.slice(0, 80) });
    });
  });
  if (failure === undefined) return true;
  const show = vscode.l10n.t('Show Log');
  const text = vscode.l10n.t('The CUDA backend could not be installed: {0}', failure);
  if ((await vscode.window.showErrorMessage(text, show)) === show) log.show();
  return false;
}

/** Undefined when all went well, otherwise the reason in one sentence. */
function npmInstall(
  folder: string,
  token: vscode.CancellationToken,
  onLine: (line: string) => void,
): Promise<string | undefined> {
  // On Windows npm is a script that only a shell can start; nothing of the command comes from outside.
  const shell = process.platform === 'win32';
  const child = spawn('npm', ['install', '--no-audit', '--no-fund', PACKAGE], { cwd: folder, shell });
  let last = '';
  const read = (data: Buffer): void => {
    for (const line of data.toString('utf8').split(/\r?\n/)) {
      if (line.trim() === '') continue;
      last = line.trim();
      onLine(last);
    }
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const cancelled = token.onCancellationRequested(() => child.kill());
  return new Promise((resolve) => {
    child.once('error', () => resolve(vscode.l10n.t('npm was not found. Install Node.js, then try again.')));
    child.once('exit', (code) => {
      cancelled.dispose();
      if (token.isCancellationRequested) resolve(vscode.l10n.t('it was cancelled.'));
      else resolve(code === 0 ? undefined : last);
    });
  });
}
