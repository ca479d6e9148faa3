import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Chromium asks its makers for this and that by itself, whatever page is open. */
const BROWSERS_OWN = /(^|\.)(google|googleapis|gvt1|gstatic)\.com$/;

/** The proxy of a browser that has no network: it lets nothing through, and remembers who was asked for. */
export class NoNetwork {
  readonly url: string;
  readonly #asked: ReadonlySet<string>;
  readonly #close: () => Promise<void>;

  private constructor(url: string, asked: ReadonlySet<string>, close: () => Promise<void>) {
    this.url = url;
    this.#asked = asked;
    this.#close = close;
  }

  static async start(): Promise<NoNetwork> {
    const asked = new Set<string>();
    const server = createServer(({ url = '' }, response) => {
      asked.add(URL.parse(url)?.hostname ?? url);
      response.writeHead(403).end();
    });
    // What is asked for by https.
    server.on('connect', ({ url = '' }, socket) => {
      asked.add(url.replace(/:\d+$/, ''));
      socket.on('error', () => socket.destroy()).end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    return new NoNetwork(`http://127.0.0.1:${port}`, asked, async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    });
  }

  /** Hosts that pages asked for. */
  asked(): string[] {
    return [...this.#asked].filter((host) => !BROWSERS_OWN.test(host));
  }

  close(): Promise<void> {
    return this.#close();
  }
}
