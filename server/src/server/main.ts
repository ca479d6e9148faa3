import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.ts';

/** The language server as a process: over stdio for any editor, or over the IPC channel that VS Code opens. */
export function main(): void {
  const connection = process.argv.includes('--node-ipc')
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  // Whatever goes wrong in one request is logged; the server lives on and answers the next one.
  process.on('uncaughtException', (error) => connection.console.error(`Unexpected: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) => connection.console.error(`Unexpected: ${String(reason)}`));
  startServer(connection);
}

main();
