import { constants, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { MeasuringEngine } from '../engine.ts';
import type { FromChild, ToChild } from '../messages.ts';
import { NODE_BACKENDS } from './backends.ts';
import { DrawPool } from './pool.ts';
import { runWorker } from './worker.ts';

function send(message: FromChild): void {
  // The parent may be gone by now; then this process is about to end too.
  if (process.connected) process.send?.(message);
}

/**
 * The measuring process: the only program that loads TensorFlow.js. Its parent forks it when the first measurement is
 * asked for, kills it when it hangs and starts another; nothing that happens in here can harm the language server.
 */
function main(): void {
  if (process.send === undefined) {
    console.error('This program is started by the language server and by the command line; run mae measure.');
    process.exitCode = 2;
    return;
  }
  // Measuring takes every core it gets; the editor's own work comes first. The draws' threads inherit this.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const engine = new MeasuringEngine({
    backends: NODE_BACKENDS,
    threads: new DrawPool(new URL(import.meta.url)),
    send,
    peakBytes: () => process.resourceUsage().maxRSS * 1024,
  });
  process.on('message', (message: ToChild) => engine.receive(message));
  // The parent is gone, by whatever death: nobody would read the answer, and the GPU is to be freed.
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C reaches every process of a terminal; the parent decides, and cancels.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  send({ kind: 'ready' });
}

if (isMainThread) main();
else await runWorker();
