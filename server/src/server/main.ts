import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { FramedInput } from './framed-input.ts';
import { nodeHost } from './node-host.ts';
import { startServer } from './server.ts';

/*
 * V8 learns where long-lived objects are made, and puts the next ones among the old objects at once. Where trees are made
 * it learns the wrong thing: each lives for one keystroke. Half of a dead tree among the old objects keeps its other half
 * alive until the next full collection, and small collections take 15 ms instead of 1.
 */
setFlagsFromString('--no-allocation-site-pretenuring');
/*
 * The room for the young grows with what dies in it, up to 120 MB that are never given back. As trees die at once, what
 * it starts with is enough, at the same speed.
 */
setFlagsFromString('--semi-space-growth-factor=1');

/** Standard input, as long as it speaks the protocol: after anything else no message can be told from another. */
function framed(): NodeJS.ReadableStream {
  const input = new FramedInput();
  input.on('error', ({ message }) => {
    process.stderr.write(
      `error: the client does not speak the Language Server Protocol: it sent ${message}. The server ends.\n`,
    );
    process.exit(1);
  });
  return process.stdin.pipe(input);
}

/** The language server as a process: over stdio for any editor, or over the IPC channel that VS Code opens. */
export function main(): void {
  const connection = process.argv.includes('--node-ipc')
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, framed(), process.stdout);
  // Whatever goes wrong in one request is logged; the server lives on and answers the next one.
  process.on('uncaughtException', (error) => connection.console.error(`Unexpected: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) => connection.console.error(`Unexpected: ${String(reason)}`));
  startServer(connection, nodeHost());
}

main();
