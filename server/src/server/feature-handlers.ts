import { codeActions } from '../features/code-actions.ts';
import { codeLenses } from '../features/code-lenses.ts';
import { inlayHints } from '../features/inlay-hints.ts';
import type { FeatureOptions } from '../features/options.ts';
import type { Snapshot } from '../features/snapshot.ts';
import type { ServerContext } from './server.ts';

interface Asks {
  readonly textDocument: { readonly uri: string };
}

/** Connects each editor feature to its request: the snapshot of the document and the settings in, the answer out. */
export function registerFeatures({ connection, snapshots, settings, client }: ServerContext): void {
  const answer =
    <P extends Asks, R>(feature: (snapshot: Snapshot, params: P, options: FeatureOptions) => R) =>
    async (params: P): Promise<R | null> => {
      const { features } = await settings.get(params.textDocument.uri);
      const snapshot = snapshots.get(params.textDocument.uri);
      return snapshot === undefined ? null : feature(snapshot, params, features);
    };
  connection.languages.inlayHint.on(answer((s, { range }, options) => inlayHints(s, range, options)));
  connection.onCodeLens(answer((s, _, options) => codeLenses(s, options, client.runSearchCommand)));
  connection.onCodeAction(answer((s, { range, context }, options) => codeActions(s, range, context, options)));
}
