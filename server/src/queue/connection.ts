import { Redis } from 'ioredis';

/** Where a queue is: whose Redis, and under which names in it. */
export interface Place {
  readonly url: string;
  readonly prefix: string;
}

/** Why there is no queue, in a sentence that says what would be right. */
export interface NoQueue {
  readonly kind: 'no-queue';
  readonly message: string;
}

const CONNECT_MS = 5000;

/** How long a lost connection waits before it is tried again (ms): a Redis that is restarted is soon found again. */
const again = (times: number): number => Math.min(100 * times, 2000);

/** A connection that outlives restarts of its Redis, once there was one. */
export async function connect({ url }: Place): Promise<Redis | NoQueue> {
  let where: string;
  try {
    const { protocol, host, pathname } = new URL(url);
    if (protocol !== 'redis:' && protocol !== 'rediss:') return none(`${url} is no address of a Redis`);
    // Without the password, which belongs into no log.
    where = `${protocol}//${host}${pathname}`;
  } catch {
    return none(`${url} is no address of a Redis`);
  }
  let tries = true;
  let cause = 'it does not answer';
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (tries ? null : again(times)),
  });
  client.on('error', (error: Error) => {
    cause = error.message;
  });
  try {
    await client.connect();
    await client.ping();
    tries = false;
    return client;
  } catch (error) {
    client.disconnect();
    if (error instanceof Error && !/closed/i.test(error.message)) cause = error.message;
    return none(`there is no queue at ${where} (${cause})`);
  }
}

const none = (what: string): NoQueue => ({
  kind: 'no-queue',
  message: `${what}: start redis-server there, or name another with --redis redis://HOST:PORT`,
});
