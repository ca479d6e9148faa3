import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { run } from '../setup/run.ts';
import type { Profile } from './profile.ts';
import { until } from './until.ts';
import type { Start } from './vscode.ts';

const GRACE = 5_000;
const GUARD = path.join(import.meta.dirname, 'guard.ts');

/** A running code-server: VS Code's own server with the extension in it. */
export class Server {
  readonly url: string;
  readonly #child: ChildProcess;
  // When our own process ends before `stop`, nothing of the editor may stay behind.
  readonly #killNow = () => this.#kill('SIGKILL');

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
    process.once('exit', this.#killNow);
  }

  /** Installs the extension from its package and starts the server on a port of its own. */
  static async start(
    codeServer: string,
    vsix: string,
    profile: Profile,
    { restricted = false, environment = {} }: Pick<Start, 'restricted' | 'environment'> = {},
  ): Promise<Server> {
    const places = ['--config', profile.config, '--user-data-dir', profile.userData];
    const base = [codeServer, ...places, '--extensions-dir', profile.extensions];
    const env = { ...cleanEnvironment(profile), ...environment };
    await run(process.execPath, [...base, '--install-extension', vsix], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });

    const port = await freePort();
    const log = fs.openSync(profile.serverLog, 'a');
    const trust = restricted ? [] : ['--disable-workspace-trust'];
    const quiet = ['--disable-telemetry', '--disable-update-check', ...trust];
    const bind = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-getting-started-override', '-e'];
    const child = spawn(process.execPath, [GUARD, profile.root, ...base, ...bind, ...quiet], {
      env,
      stdio: ['pipe', log, log],
      // A process group of its own, so that the extension host and its children can be ended with it.
      detached: process.platform !== 'win32',
    });
    fs.closeSync(log);
    const server = new Server(`http://127.0.0.1:${port}`, child);
    try {
      await until('code-server to answer', () => server.#healthy());
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** The page of a folder, with a file of it opened from the start. */
  page(folder: string, file?: string): string {
    const query = new URLSearchParams({ folder });
    if (file) {
      const uri = `vscode-remote://${new URL(this.url).host}${folder}/${file}`;
      query.set('payload', JSON.stringify([['openFile', uri]]));
    }
    return `${this.url}/?${query}`;
  }

  /** Resolves when the server has ended, by itself or by `stop`. */
  async ended(): Promise<void> {
    if (!this.#hasEnded()) await once(this.#child, 'exit');
  }

  /** Asks the server to end, then ends it and everything it started. */
  async stop(): Promise<void> {
    const gone = this.ended();
    this.#child.kill('SIGTERM');
    const timer = setTimeout(this.#killNow, GRACE);
    await gone;
    clearTimeout(timer);
    this.#killNow();
    process.removeListener('exit', this.#killNow);
  }

  #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async #healthy(): Promise<boolean> {
    if (this.#hasEnded()) throw new Error(`code-server ended with ${this.#child.exitCode ?? this.#child.signalCode}.`);
    return fetch(`${this.url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
  }

  #kill(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32')
        execFileSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
      else process.kill(-pid, signal);
    } catch {
      // Everything had ended already.
    }
  }
}

/** Our environment without what another VS Code put there, and with a home of its own for code-server's files. */
function cleanEnvironment(profile: Profile): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([key]) => !/^(VSCODE|ELECTRON|VITEST|NODE_OPTIONS)/.test(key));
  const searched = [path.dirname(process.execPath), process.env['PATH']].join(path.delimiter);
  return { ...Object.fromEntries(kept), PATH: searched, XDG_DATA_HOME: profile.root, XDG_CONFIG_HOME: profile.root };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No free port.')),
      );
    });
  });
}
