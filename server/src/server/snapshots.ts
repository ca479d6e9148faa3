import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Snapshot, takeSnapshot } from '../features/snapshot.ts';
import { type FoundProfile, type Profiles, profilesFrom } from '../latency/profiles.ts';
import type { ServerHost } from './host.ts';

interface Known {
  readonly version: number;
  readonly snapshot: Snapshot;
  /** What stood behind the devices that the text names. */
  readonly found: ReadonlyMap<string, FoundProfile>;
}

/** The current snapshot of every open document, taken when it is first asked for, and anew when a profile beside it changed. */
export class Snapshots {
  private readonly documents: TextDocuments<TextDocument>;
  private readonly profilesOf: ServerHost['profilesOf'];
  private readonly known = new Map<string, Known>();

  constructor(documents: TextDocuments<TextDocument>, profilesOf: ServerHost['profilesOf']) {
    this.profilesOf = profilesOf;
    this.documents = documents;
    documents.onDidClose(({ document }) => this.known.delete(document.uri));
  }

  /** Undefined when the document is not open. */
  get(uri: string): Snapshot | undefined {
    const document = this.documents.get(uri);
    if (document === undefined) return undefined;
    const before = this.known.get(uri);
    const profiles = this.profilesOf(uri);
    if (before?.version === document.version && isAsFound(before, profiles)) return before.snapshot;
    const found = new Map<string, FoundProfile>();
    const noted = profilesFrom((name) => {
      const own = profiles(name);
      found.set(name, own);
      return own;
    }, profiles.names);
    const snapshot = takeSnapshot(document, before?.snapshot, noted);
    this.known.set(uri, { version: document.version, snapshot, found });
    return snapshot;
  }

  all(): Snapshot[] {
    return this.documents.keys().flatMap((uri) => this.get(uri) ?? []);
  }
}

/** A document that names no device asks no file. */
const isAsFound = ({ found }: Known, profiles: Profiles): boolean =>
  [...found].every(([name, before]) => profiles(name) === before || isStillMissing(before, profiles(name)));

const isStillMissing = (before: FoundProfile, now: FoundProfile): boolean =>
  before.kind === 'missing' && now.kind === 'missing';
