import type { Redis } from 'ioredis';
import { runFromWire, type SweepRun } from '../sweep/wire.ts';
import type { Place } from './connection.ts';
import { cancelledKey, runKey } from './names.ts';

/** A run as it was written down; undefined where there is none of this version. */
export const readRun = async (client: Redis, place: Place, id: string): Promise<SweepRun | undefined> =>
  runFromWire(parsed(await client.get(runKey(place, id))));

export const isRunCancelled = async (client: Redis, place: Place, id: string): Promise<boolean> =>
  (await client.exists(cancelledKey(place, id))) > 0;

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
