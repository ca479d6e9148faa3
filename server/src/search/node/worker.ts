import { parentPort } from 'node:worker_threads';
import { Work } from '../work.ts';
import type { Request, Response } from './worker-messages.ts';

/** The entry of a search worker: it does one job at a time and answers with the number it was asked under. */
const work = new Work();

parentPort?.on('message', (request: Request) => {
  const response: Response =
    request.kind === 'evolve'
      ? { id: request.id, kind: 'evolved', state: work.evolve(request.job) }
      : { id: request.id, kind: 'certified', certificate: work.certify(request.task) };
  parentPort?.postMessage(response);
});
