/** A program of its own (`dist/queue.js`), the only one with BullMQ: loaded where somebody names a Redis. */
export type { NoQueue, Place } from './connection.ts';
export { type RunState, Runs } from './runs.ts';
export { type Ended, type Perform, type WorkerSettings, work } from './worker.ts';
