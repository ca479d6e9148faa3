import type { Connection } from 'vscode-languageserver';
import { NO_GLOSSARY } from '../../features/glossary.ts';
import { NO_PROFILES } from '../../latency/profiles.ts';
import { MeasureClient } from '../../measure/client.ts';
import { done } from '../../measure/failure.ts';
import { WorkerChild } from '../../measure/web/worker-child.ts';
import { hostedSearch } from '../../search/hosted.ts';
import { webHost as searchHost } from '../../search/web/host.ts';
import { WorkerThread } from '../../search/web/worker-thread.ts';
import { SearchWorkers } from '../../search/workers/worker-pool.ts';
import type { ServerHost } from '../host.ts';
import { Measuring } from '../measuring.ts';
import { openSymbols } from './open-symbols.ts';
import { measureProgram } from './program-files.ts';
import { refuseFiles } from './refused-requests.ts';
import { shippedTexts } from './shipped.ts';

/** The search worker's program: a worker of a browser cannot be started from an extension's address. */
declare const SEARCH_WORKER: string;

/** A browser's worker as the host of the language server: no files, no processes; searches run in workers of its own. */
export function webHost(connection: Connection): ServerHost {
  const searching = URL.createObjectURL(new Blob([SEARCH_WORKER], { type: 'text/javascript' }));
  const workers = new SearchWorkers(() => new WorkerThread(new Worker(searching, { name: 'MAE-DET search' })));
  const machine = searchHost(workers);
  const program = measureProgram(connection);
  return {
    system: 'a browser',
    folder: '',
    workers: Math.max(1, navigator.hardwareConcurrency - 1),
    search: (task, options) => hostedSearch(task, machine, options),
    shipped: (folder) => Promise.resolve(shippedTexts(folder, 'mae-shipped:')),
    profilesOf: () => NO_PROFILES,
    profileLocation: () => undefined,
    glossary: (command) =>
      command === undefined
        ? NO_GLOSSARY
        : (entry) => `command:${command}?${encodeURIComponent(JSON.stringify([entry]))}`,
    pathOf: () => [],
    measuring: (status, codeFolders) =>
      new Measuring(status, codeFolders, {
        client: (onState) =>
          new MeasureClient({ start: (patience) => done(new WorkerChild(program, patience)) }, onState),
        workers: 1,
        machine: { node: '', platform: 'a browser' },
      }),
    register: (context) => {
      openSymbols(context);
      refuseFiles(context);
    },
    watch: () => undefined,
    close: () => {
      workers.close();
      URL.revokeObjectURL(searching);
    },
  };
}
