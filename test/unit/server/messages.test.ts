import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { sendRequest } from '../../../client/src/messages.ts';
import { onRequest, sendNotification } from '../../../server/src/server/messages.ts';
import * as protocol from '../../../server/src/server/protocol.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const sources = globSync('{client,server}/src/**/*.ts', { cwd: ROOT }).map((file) => ({
  file: file.replaceAll(path.sep, '/'),
  text: readFileSync(path.join(ROOT, file), 'utf8'),
}));

test('a method of ours is written once, in the protocol', () => {
  const written = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/'(mae\/\w+)'/g)].map(([, method = '']) => ({ file, method })),
  );
  expect(written.filter(({ file }) => !file.startsWith('server/src/server/protocol/'))).toEqual([]);
  const messages = Object.values(protocol).flatMap((one) => (typeof one === 'object' && 'method' in one ? [one] : []));
  expect(messages.map(({ method }) => method).toSorted()).toEqual(written.map(({ method }) => method).toSorted());
  expect(new Set(messages.map(({ method }) => method)).size).toBe(messages.length);
});

test('messages of ours are sent and received by two files; what others send is named by its method', () => {
  const sends = /\.(?:send|on)(?:Request|Notification)(?:<[^(]*>)?\(\s*(?!'(?:workspace|window)\/)/;
  expect(sources.flatMap(({ file, text }) => (sends.test(text) ? [file] : [])).toSorted()).toEqual([
    'client/src/messages.ts',
    'server/src/server/messages.ts',
  ]);
});

/** What the libraries are handed: client and connection that note it. */
const noting = () => {
  const noted: unknown[][] = [];
  const note = async (...sent: unknown[]): Promise<void> => void noted.push(sent);
  return { noted, client: { sendRequest: note } as unknown as LanguageClient };
};

test.each<[string, unknown, CancellationToken | undefined, unknown[]]>([
  ['with neither parameters nor token', undefined, undefined, ['mae/doctor']],
  ['with a token alone', undefined, {} as CancellationToken, ['mae/doctor', {}]],
  ['with parameters', { uri: 'a' }, undefined, ['mae/doctor', { uri: 'a' }]],
  ['with both', { uri: 'a' }, {} as CancellationToken, ['mae/doctor', { uri: 'a' }, {}]],
])('a request %s is handed over without what is left out', async (_, params, token, sent) => {
  const { noted, client } = noting();
  await sendRequest<unknown, unknown>(client, { method: 'mae/doctor' }, params, token);
  expect(noted).toEqual([sent]);
});

test.each<[string, unknown[], unknown]>([
  ['nothing', ['token'], undefined],
  ['null', [null, 'token'], null],
  ['parameters', [{ run: 'a' }, 'token'], { run: 'a' }],
])('a request that came with %s is answered with its token', (_, sent, params) => {
  const answers: unknown[] = [];
  const connection = {
    onRequest: (_: string, answer: (...all: unknown[]) => unknown) => answers.push(answer(...sent)),
  };
  onRequest<unknown, unknown>(connection as unknown as Connection, { method: 'mae/a' }, (...all) => all);
  expect(answers).toEqual([[params, 'token']]);
});

test('the types of a message cannot be mixed up: `npm run check` fails where one of these lines has no error', () => {
  const { noted, client } = noting();
  const connection = { onRequest: () => undefined, sendNotification: () => undefined } as unknown as Connection;
  // @ts-expect-error: a search is no picture.
  void sendRequest(client, protocol.PICTURE_REQUEST, { run: 'a', action: 'pause' });
  // @ts-expect-error: what is answered is no number.
  void sendRequest(client, protocol.SEARCH_CONTROL_REQUEST, { run: 'a', action: 'pause' }).then((a: number) => a);
  // @ts-expect-error: a notification is not answered.
  void sendRequest(client, protocol.SEARCH_STARTED, undefined);
  // @ts-expect-error: a status has a message.
  sendNotification(connection, protocol.STATUS, { health: 'ok' });
  // @ts-expect-error: an answer has a version.
  onRequest(connection, protocol.PICTURE_REQUEST, () => ({ backbones: [] }));
  expect(noted).toHaveLength(3);
});
