import type { Connection } from 'vscode-languageserver';
import { type CancellationToken, ErrorCodes, ResponseError } from 'vscode-languageserver';

/** One command that the server executes, for every editor. */
export type CommandHandler = (argument: unknown, token: CancellationToken) => Promise<void>;

/** Answers `workspace/executeCommand` for the commands that the server announces. */
export function registerCommands(connection: Connection, commands: Readonly<Record<string, CommandHandler>>): void {
  connection.onExecuteCommand(async ({ command, arguments: args }, token) => {
    const handler = Object.hasOwn(commands, command) ? commands[command] : undefined;
    if (handler === undefined) throw new ResponseError(ErrorCodes.InvalidParams, `There is no command ${command}.`);
    await handler(args?.[0], token);
    return null;
  });
}
