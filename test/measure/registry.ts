import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = '@tensorflow/tfjs-node-gpu';

/** A package that stands in for the real one, which downloads TensorFlow's library when it is installed. */
export interface StandIn {
  /** Text of its install script. */
  readonly install: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** What npm hears and how npm is to ask: a registry of one package on this machine, and a cache of its own. */
export class Registry {
  readonly requests: string[] = [];
  private readonly server: Server;
  private readonly folder: string;

  private constructor(server: Server, folder: string) {
    this.server = server;
    this.folder = folder;
  }

  static async start({ install, files = {} }: StandIn): Promise<Registry> {
    const folder = mkdtempSync(join(tmpdir(), 'mae-registry-'));
    const home = join(folder, 'package');
    mkdirSync(home);
    const manifest = {
      name: NAME,
      version: '4.22.0',
      main: 'index.cjs',
      scripts: { install: 'node install.cjs' },
    };
    copyFileSync(join(import.meta.dirname, 'fake', 'tfjs-node-gpu.cjs'), join(home, 'index.cjs'));
    for (const [file, text] of Object.entries({
      'package.json': JSON.stringify(manifest),
      'install.cjs': install,
      ...files,
    }))
      writeFileSync(join(home, file), text);
    const tarball = execFileSync('tar', ['-czf', '-', '-C', folder, 'package']);
    const server = createServer((request, response) => {
      registry.requests.push(request.url ?? '');
      const path = decodeURIComponent(request.url ?? '');
      if (path === `/${NAME}/tarball.tgz`) response.end(tarball);
      else if (path === `/${NAME}`) response.end(JSON.stringify(registry.packument(manifest, tarball)));
      else response.writeHead(404).end('{}');
    });
    const registry = new Registry(server, folder);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return registry;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the registry does not listen');
    return `http://127.0.0.1:${address.port}`;
  }

  /** The environment in which npm asks this registry and keeps nothing. */
  get environment(): Record<string, string> {
    return { npm_config_registry: this.url, npm_config_cache: join(this.folder, 'cache') };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private packument(manifest: { readonly version: string }, tarball: Buffer): object {
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    const dist = { tarball: `${this.url}/${NAME}/tarball.tgz`, integrity };
    const version = { ...manifest, hasInstallScript: true, dist };
    return { name: NAME, 'dist-tags': { latest: manifest.version }, versions: { [manifest.version]: version } };
  }
}

/** What the real package's script does at the end of its download: the native part is there. */
export const COMPLETES = "require('node:fs').writeFileSync('tfjs_binding.node', '');";
