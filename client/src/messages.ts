import type { CancellationToken, Disposable } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { OurNotification, OurRequest } from '../../server/src/server/protocol.ts';

/** Asks the server by a request of our own. Rejects when the server is gone, or gives the answer up on a cancellation. */
export function sendRequest<P, R>(
  client: BaseLanguageClient,
  { method }: OurRequest<P, R>,
  params: NoInfer<P>,
  token?: CancellationToken,
): Promise<R> {
  // What is left out must not be handed over: the library sends a list of parameters then.
  if (params === undefined) return token === undefined ? client.sendRequest(method) : client.sendRequest(method, token);
  return token === undefined ? client.sendRequest(method, params) : client.sendRequest(method, params, token);
}

/** Tells the server by a notification of our own. */
export function sendNotification<P>(
  client: BaseLanguageClient,
  { method }: OurNotification<P>,
  params: NoInfer<P>,
): Promise<void> {
  return params === undefined ? client.sendNotification(method) : client.sendNotification(method, params);
}

/** Hears a notification of our own until the result is disposed. */
export const onNotification = <P>(
  client: BaseLanguageClient,
  { method }: OurNotification<P>,
  hear: (params: P) => void,
): Disposable => client.onNotification(method, hear);

/** Answers a request of our own until the result is disposed. */
export const onRequest = <P, R>(
  client: BaseLanguageClient,
  { method }: OurRequest<P, R>,
  answer: (params: P) => Promise<R>,
): Disposable => client.onRequest<unknown, void>(method, answer);
