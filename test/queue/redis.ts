import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = 'redis-server';

/** Whether there is a Redis to start here; who has none is told, so that nobody takes a skipped test for one that passed. */
export const hasRedis = spawnSync(PROGRAM, ['--version'], { timeout: 30_000 }).status === 0;
if (!hasRedis)
  process.stderr.write(
    'Skipped: the tests of queues. redis-server is not installed (Debian: apt-get install redis-server).\n',
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** When what was appended is on the disk: what a test kills is then there, what a benchmark times is what people run. */
export type Fsync = 'always' | 'everysec';

/** A Redis of one's own on a free port, with an append-only file in a folder of its own. */
export class OwnRedis {
  readonly port: number;
  private readonly folder = mkdtempSync(join(tmpdir(), 'mae-redis-'));
  private child: ChildProcess | undefined;

  private readonly fsync: Fsync;

  private constructor(port: number, fsync: Fsync) {
    this.port = port;
    this.fsync = fsync;
  }

  static async start(fsync: Fsync = 'always'): Promise<OwnRedis> {
    const redis = new OwnRedis(await freePort(), fsync);
    await redis.up();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async up(): Promise<void> {
    const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
    const durable = ['--appendonly', 'yes', '--appendfsync', this.fsync, '--maxmemory-policy', 'noeviction'];
    const child = spawn(PROGRAM, [...options, ...durable], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.child = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`redis-server ended: ${said}`)));
      child.once('error', reject);
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('Ready to accept connections')) resolve();
      });
    });
  }

  async down(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  async remove(): Promise<void> {
    await this.down('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
