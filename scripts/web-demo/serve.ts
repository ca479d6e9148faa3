import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.cjs': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

export interface Serving {
  /** The page, with a slash at its end. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves the files of a folder on this machine, as any static host does.
 *
 * @param port 0 for one that is free
 * @param under the folder of the address that they stand in, with a slash at both ends
 */
export async function serveFolder(folder: string, port = 0, under = '/'): Promise<Serving> {
  const server = createServer((request, response) => {
    answer(folder, under, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    // By this name and not by its number browsers take the page for one that is served safely, whatever their settings.
    url: `http://localhost:${address.port}${under}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

async function answer(folder: string, under: string, { method, url = '' }: IncomingMessage, response: ServerResponse) {
  const file = fileOf(folder, under, url);
  const size = file === undefined ? undefined : await sizeOf(file);
  if (file === undefined || size === undefined) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no such file.');
    return;
  }
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
  // The page is built again beneath it.
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': size, 'Cache-Control': 'no-cache' });
  if (method === 'HEAD') response.end();
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
}

/** The file that an address names; undefined for one that is no address or leads out of the folder. */
function fileOf(folder: string, under: string, address: string): string | undefined {
  try {
    const name = decodeURIComponent(new URL(address, 'http://localhost').pathname);
    if (!name.startsWith(under) || name.includes('\0')) return undefined;
    const inner = name.slice(under.length);
    const file = path.resolve(folder, inner.endsWith('/') || inner === '' ? `${inner}index.html` : inner);
    return file.startsWith(path.resolve(folder) + path.sep) ? file : undefined;
  } catch {
    return undefined;
  }
}

const sizeOf = (file: string): Promise<number | undefined> =>
  stat(file).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
