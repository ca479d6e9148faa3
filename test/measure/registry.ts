import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = '@tensorflow/tfjs-node-gpu';
const TARBALL = `/${NAME}/tarball.tgz`;
const MANIFEST = { name: NAME, version: '4.22.0', main: 'index.cjs', scripts: { install: 'node install.cjs' } };

/** A package that stands in for the real one, which downloads TensorFlow's library when it is installed. */
export interface StandIn {
  /** Text of its install script. */
  readonly install: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** A registry of one package on this machine, and a cache of its own for npm. */
export class Registry {
  private readonly server: Server;
  private readonly folder = mkdtempSync(join(tmpdir(), 'mae-registry-'));
  private tarball: Buffer = Buffer.alloc(0);

  private constructor() {
    this.server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? '');
      // What is offered may change.
      response.setHeader('cache-control', 'no-store');
      if (path === TARBALL) response.end(this.tarball);
      else if (path === `/${NAME}`) response.end(JSON.stringify(this.packument()));
      else response.writeHead(404).end('{}');
    });
  }

  static async start(standIn: StandIn): Promise<Registry> {
    const registry = new Registry();
    registry.offer(standIn);
    await new Promise<void>((resolve) => registry.server.listen(0, '127.0.0.1', resolve));
    return registry;
  }

  /** From now on the package is this one. */
  offer({ install, files = {} }: StandIn): void {
    const home = join(this.folder, 'package');
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home);
    copyFileSync(join(import.meta.dirname, 'fake', 'tfjs-node-gpu.cjs'), join(home, 'index.cjs'));
    const texts = { 'package.json': JSON.stringify(MANIFEST), 'install.cjs': install, ...files };
    for (const [file, text] of Object.entries(texts)) writeFileSync(join(home, file), text);
    this.tarball = execFileSync('tar', ['-czf', '-', '-C', this.folder, 'package']);
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

  private packument(): object {
    const integrity = `sha512-${createHash('sha512').update(this.tarball).digest('base64')}`;
    const version = { ...MANIFEST, hasInstallScript: true, dist: { tarball: `${this.url}${TARBALL}`, integrity } };
    return { name: NAME, 'dist-tags': { latest: version.version }, versions: { [version.version]: version } };
  }
}

/** What the real package's script does at the end of its download: the native part is there. */
export const COMPLETES = "require('node:fs').writeFileSync('tfjs_binding.node', '');";
