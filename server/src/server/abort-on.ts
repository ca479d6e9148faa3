import type { CancellationToken } from 'vscode-languageserver';

/**
 * A signal that follows the tokens of a request. A token whose request was cancelled before it was dispatched says so,
 * and never tells: whoever only listens to it waits for ever.
 */
export function abortOn(...tokens: readonly (CancellationToken | undefined)[]): AbortSignal {
  const abort = new AbortController();
  for (const token of tokens) {
    if (token?.isCancellationRequested === true) abort.abort();
    else token?.onCancellationRequested(() => abort.abort());
  }
  return abort.signal;
}
