import { Work } from '../work.ts';
import { answerOf } from '../workers/messages.ts';
import { nodeHost } from './host.ts';
import { requestFromWire, responseToWire } from './wire.ts';

/** The entry of a search worker, a process of its own: it does one job at a time and answers under the job's number. */
const work = new Work(nodeHost().clock);

if (process.send === undefined) {
  console.error('This program is started by the language server and by the command line; run mae search.');
  process.exitCode = 2;
} else {
  process.on('message', (message) => {
    const request = requestFromWire(message);
    // Another version, or no request at all: whoever sent it replaces this process, and says so in the end.
    if (request === undefined) process.exit(2);
    // The parent may be gone by now; then this process is about to end too.
    if (process.connected) process.send?.(responseToWire(answerOf(work, request)));
  });
  // The parent is gone, by whatever death: nobody would read the answer.
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C, and the end of a terminal, reach every process there: the parent decides.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
}
