import { declaredSymbols, matchingSymbols } from '../../features/workspace-symbols.ts';
import type { ServerContext } from '../server.ts';

/** Finds declarations by name in the open documents: others cannot be read from here. */
export function openSymbols({ connection, snapshots }: ServerContext): void {
  connection.onWorkspaceSymbol(({ query }) => matchingSymbols(snapshots.all().flatMap(declaredSymbols), query));
}
