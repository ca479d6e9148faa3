import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { OurNotification, OurRequest } from './protocol.ts';

/** Answers a request of our own. */
export function onRequest<P, R>(
  connection: Connection,
  { method }: OurRequest<P, R>,
  answer: (params: P, token: CancellationToken) => R | Promise<R>,
): void {
  // The token comes last: alone where nothing was sent with the request.
  connection.onRequest<unknown, void>(method, (...sent) => answer(sent.length > 1 ? sent[0] : undefined, sent.at(-1)));
}

/** Hears a notification of our own. */
export function onNotification<P>(
  connection: Connection,
  { method }: OurNotification<P>,
  hear: (params: P) => void,
): void {
  connection.onNotification(method, hear);
}

/** Sends a notification of our own. Whether the client still listens is not waited for. */
export function sendNotification<P>(connection: Connection, { method }: OurNotification<P>, params: NoInfer<P>): void {
  void (params === undefined ? connection.sendNotification(method) : connection.sendNotification(method, params));
}

/** Asks the client by a request of our own. */
export const sendRequest = <P, R>(
  connection: Connection,
  { method }: OurRequest<P, R>,
  params: NoInfer<P>,
): Promise<R> => connection.sendRequest(method, params);
