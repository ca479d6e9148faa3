import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { DRAW_THREADS, NODE_MACHINE } from '../measure/node/machine.ts';
import { processClient } from '../measure/node/process-client.ts';
import { runSearch } from '../search/node/run-search.ts';
import { WorkerPool } from '../search/node/worker-pool.ts';
import { registerExports } from './export-handlers.ts';
import { glossaryAddress } from './glossary-address.ts';
import type { ServerHost } from './host.ts';
import { Measuring } from './measuring.ts';
import { registerModels } from './model-handlers.ts';
import { nodeShipped } from './node-shipped.ts';
import { pathOf } from './path-of.ts';
import { profileLocation, profilesOf } from './profiles-of.ts';
import { registerSymbols } from './symbol-handlers.ts';
import { watchProfiles } from './watch-profiles.ts';

/** Where the bundled search worker stands; beside the server's own bundle. */
const SEARCH_WORKER = new URL('./search-worker.js', import.meta.url);

/** Where the bundled measuring program stands. */
const MEASURE = fileURLToPath(new URL('./measure.js', import.meta.url));

/** Node as the host of the language server. Searches run in processes, one of which is kept for the next. */
export function nodeHost(): ServerHost {
  const pool = new WorkerPool(SEARCH_WORKER);
  return {
    system: `Node ${process.version}, ${process.platform} ${process.arch}`,
    folder: import.meta.dirname,
    workers: Math.max(1, availableParallelism() - 1),
    search: (task, options) => runSearch(task, { ...options, pool }),
    shipped: nodeShipped,
    profilesOf,
    profileLocation,
    glossary: glossaryAddress,
    pathOf,
    measuring: (status, codeFolders) =>
      new Measuring(status, codeFolders, {
        client: (onState) => processClient({ program: MEASURE }, onState),
        workers: DRAW_THREADS,
        machine: NODE_MACHINE,
      }),
    register: (context) => {
      registerExports(context);
      registerModels(context);
      registerSymbols(context);
    },
    watch: watchProfiles,
    close: () => pool.close(),
  };
}
