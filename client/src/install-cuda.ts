import * as vscode from 'vscode';
import type { NpmOutcome } from './cuda/npm-install.ts';
import { stagedInstall } from './cuda/staged-install.ts';

const CUDA_PACKAGE = { name: '@tensorflow/tfjs-node-gpu', version: '4.22.0' } as const;

/**
 * Puts the CUDA backend into the extension's own storage by npm, which brings TensorFlow's library of some hundred
 * megabytes. True when it is there. Failures say what npm said, and leave everything else as it was.
 */
export async function installCuda(folder: string, log: vscode.LogOutputChannel): Promise<boolean> {
  const title = vscode.l10n.t('MAE-DET: installing the CUDA backend');
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const outcome = await vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => abort.abort());
    const onLine = (line: string): void => {
      log.info(`npm: ${line}`);
      progress.report({ message: line.slice(0, 80) });
    };
    const { signal } = abort;
    const environment = process.env;
    return stagedInstall({ ...CUDA_PACKAGE, folder, environment, signal, onLine }).finally(() => listener.dispose());
  });
  if (outcome.kind === 'installed') return true;
  const show = vscode.l10n.t('Show Log');
  const text = vscode.l10n.t('The CUDA backend could not be installed: {0}', reasonOf(outcome));
  log.error(text);
  if ((await vscode.window.showErrorMessage(text, show)) === show) log.show();
  return false;
}

function reasonOf(outcome: Exclude<NpmOutcome, { kind: 'installed' }>): string {
  if (outcome.kind === 'cancelled') return vscode.l10n.t('it was cancelled.');
  if (outcome.kind === 'no-npm') return vscode.l10n.t('npm was not found. Install Node.js, then try again.');
  return outcome.reason === '' ? vscode.l10n.t('npm failed and did not say why.') : outcome.reason;
}
