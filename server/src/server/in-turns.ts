import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { nextTurn } from '../../../common/next-turn.ts';
import type { InParts } from '../language/in-parts.ts';

/** So long the server may be deaf: a person does not notice it. */
const TURN_MS = 50;

/** Does work in parts and listens in between, so that it ends when nobody wants its answer any more. */
export async function inTurns<T>(work: InParts<T>, token: CancellationToken): Promise<T> {
  let began = performance.now();
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return step.value;
    if (performance.now() - began < TURN_MS) continue;
    await nextTurn();
    // What it holds, as a file that is half written, is its own to clear away.
    if (token.isCancellationRequested) finish(work);
    refuseCancelled(token);
    began = performance.now();
  }
}

/** Ends work before its time: it runs its own `finally`, and what it says to that is of no use any more. */
function finish(work: InParts<unknown>): void {
  work.return(undefined);
}

export function refuseCancelled({ isCancellationRequested }: CancellationToken): void {
  if (isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}

/** Listens, and ends the work when nobody wants its answer any more. */
export async function stillWanted(token: CancellationToken): Promise<void> {
  await nextTurn();
  refuseCancelled(token);
}
