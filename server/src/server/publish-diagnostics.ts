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
  const { connection, snapshots, settings, client, knowledge } = context;
  documents.onDidClose(({ document }) => settings.forget(document.uri));
  if (client.pullsDiagnostics) {
    connection.languages.diagnostics.on(({ textDocument }) => {
      const snapshot = snapshots.get(textDocument.uri);
      const items = snapshot === undefined ? [] : diagnostics(snapshot, knowledge);
      return { kind: DocumentDiagnosticReportKind.Full, items };
    });
    return () => {
      if (client.refreshesDiagnostics) void connection.languages.diagnostics.refresh();
    };
  }
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const push = (uri: string): void => {
    timers.delete(uri);
    const snapshot = snapshots.get(uri);
    if (snapshot === undefined) return;
    const { version } = snapshot.document;
    void connection.sendDiagnostics({ uri, version, diagnostics: diagnostics(snapshot, knowledge) });
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
    for (const uri of documents.keys()) push(uri);
  };
}
