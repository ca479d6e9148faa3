import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Snapshot, takeSnapshot } from '../features/snapshot.ts';
import { profilesOf } from './profiles-of.ts';

/** The current snapshot of every open document, taken when it is first asked for. */
export class Snapshots {
  private readonly documents: TextDocuments<TextDocument>;
  private readonly known = new Map<string, { readonly version: number; readonly snapshot: Snapshot }>();

  constructor(documents: TextDocuments<TextDocument>) {
    this.documents = documents;
    documents.onDidClose(({ document }) => this.known.delete(document.uri));
  }

  /** Undefined when the document is not open. */
  get(uri: string): Snapshot | undefined {
    const document = this.documents.get(uri);
    if (document === undefined) return undefined;
    const before = this.known.get(uri);
    if (before?.version === document.version) return before.snapshot;
    const snapshot = takeSnapshot(document, before?.snapshot, profilesOf(uri));
    this.known.set(uri, { version: document.version, snapshot });
    return snapshot;
  }

  all(): Snapshot[] {
    return this.documents.keys().flatMap((uri) => this.get(uri) ?? []);
  }
}
