import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Serving, serveFolder } from '../../../scripts/web-demo/serve.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'mae-serve-'));
let serving: Serving;

beforeAll(async () => {
  mkdirSync(path.join(root, 'page', 'in'), { recursive: true });
  writeFileSync(path.join(root, 'page', 'index.html'), '<p>first</p>');
  writeFileSync(path.join(root, 'page', 'in', 'a b.js'), 'export {};');
  writeFileSync(path.join(root, 'secret.txt'), 'secret');
  serving = await serveFolder(path.join(root, 'page'), 0, '/some/folder/');
});

afterAll(async () => {
  await serving.close();
  rmSync(root, { recursive: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly text: string;
}

/** Asks by the very path: fetch would tidy it up before. */
const ask = (target: string, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(serving.url);
    const asked = request({ host: '127.0.0.1', port, path: target, method }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode, type: response.headers['content-type'], text }));
    });
    asked.on('error', reject).end();
  });

test.each([
  ['/some/folder/', 'text/html', '<p>first</p>'],
  ['/some/folder/index.html?a=b', 'text/html', '<p>first</p>'],
  ['/some/folder/in/a%20b.js', 'text/javascript', 'export {};'],
])('%s is served', async (target, type, text) => {
  expect(await ask(target)).toEqual({ status: 200, type, text });
  expect(await ask(target, 'HEAD')).toEqual({ status: 200, type, text: '' });
});

test.each([
  '/',
  '/some/folder/in/',
  '/some/folder/in',
  '/some/folder/missing.js',
  '/some/folder/../../secret.txt',
  '/some/folder/..%2fsecret.txt',
  '/some/folder/..%5csecret.txt',
  '/some/folder/%00',
  '/some/folder/%zz',
])('%s is not there', async (target) => {
  const { status, text } = await ask(target);
  expect(status).toBe(404);
  expect(text).not.toContain('secret');
});

test('nothing is written', async () => {
  expect((await ask('/some/folder/', 'PUT')).status).toBe(405);
});
