import { DocumentDiagnosticReportKind, type TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnostics } from '../features/diagnostics.ts';
import type { ServerContext } from './server.ts';

/** Long enough to join the keystrokes of one word, short enough not to be felt. */
const PUSH_DELAY_MS = 60;

/**
 * Diagnostics when the client pulls them; for clients that cannot pull, pushed after each change. The answer brings them
 * up to date when something beside the text has changed.
 */
export function publishDiagnostics(context: ServerContext, documents: TextDocuments<TextDocument>): () => void {
  const { connection, snapshots, settings, client, knowledge, host } = context;
  documents.onDidClose(({ document }) => settings.forget(document.uri));
  const diagnosticsOf = async (uri: string) => {
    const { evidence } = (await settings.get(uri)).features;
    const snapshot = snapshots.get(uri);
    if (snapshot === undefined) return undefined;
    const items = diagnostics(snapshot, knowledge, { evidence, docs: host.docs });
    return { version: snapshot.document.version, items };
  };
  if (client.pullsDiagnostics) {
    connection.languages.diagnostics.on(async ({ textDocument }) => {
      const items = (await diagnosticsOf(textDocument.uri))?.items ?? [];
      return { kind: DocumentDiagnosticReportKind.Full, items };
    });
    return () => {
      if (client.refreshesDiagnostics) void connection.languages.diagnostics.refresh();
    };
  }
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const push = async (uri: string): Promise<void> => {
    timers.delete(uri);
    const found = await diagnosticsOf(uri);
    // What was changed meanwhile is pushed by its own timer; what was closed has none.
    if (found === undefined) return;
    void connection.sendDiagnostics({ uri, version: found.version, diagnostics: found.items });
  };
  documents.onDidChangeContent(({ document: { uri } }) => {
    clearTimeout(timers.get(uri));
    timers.set(uri, setTimeout(push, PUSH_DELAY_MS, uri));
  });
  documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  return () => {
    for (const uri of documents.keys()) void push(uri);
  };
}
