import { parentPort } from 'node:worker_threads';
import { Work } from '../work.ts';
import type { Request, Response } from './worker-messages.ts';

/** The entry of a search worker: it does one job at a time and answers with the number it was asked under. */
const work = new Work();

function answer(request: Request): Response {
  const { id } = request;
  switch (request.kind) {
    case 'evolve':
      return { id, kind: 'evolved', state: work.evolve(request.job) };
    case 'certify':
      return { id, kind: 'certified', certificate: work.certify(request.task) };
    case 'sharpen':
      return { id, kind: 'sharpened', certificate: work.sharpen(request.task, request.certificate, request.best) };
  }
}

parentPort?.on('message', (request: Request) => parentPort?.postMessage(answer(request)));
