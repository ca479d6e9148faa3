import type { Location } from 'vscode-languageserver-types';
import type { GlossaryAddress } from '../features/glossary.ts';
import type { Profiles } from '../latency/profiles.ts';
import type { HostedOptions } from '../search/hosted.ts';
import type { SearchProblem, SearchResult, SearchTask } from '../search/task.ts';
import type { CodeFolders } from './code-folders.ts';
import type { Measures } from './measures.ts';
import type { Documents, ServerContext } from './server.ts';
import type { StatusBoard } from './status-board.ts';

/** A text that comes with the program. */
export interface ShippedText {
  /** Without its suffix. */
  readonly name: string;
  readonly uri: string;
  readonly text: string;
}

/** The folders of texts that come with the program. */
export type ShippedFolder = 'examples' | 'examples/detectors' | 'spaces';

/**
 * All that the language server knows of the machine it runs on: `node-host.ts` is Node's, `web/host.ts` that of a browser's
 * worker. The rest of the server takes nothing but the language itself, which `web/tsconfig.json` holds it to.
 */
export interface ServerHost {
  /** What the server runs on, for the log. */
  readonly system: string;
  /** The installation's own folder; empty where there is none. */
  readonly folder: string;
  /** Workers of a search where the settings leave it open. */
  readonly workers: number;
  search(task: SearchTask, options: HostedOptions): Promise<SearchResult | SearchProblem>;
  /** Texts of a folder, whatever their order; none where it is not there. */
  shipped(folder: ShippedFolder): Promise<readonly ShippedText[]>;
  /** The profiles that the budgets of a document may name. */
  profilesOf(uri: string): Profiles;
  /** Where the profile of a device stands; undefined where there is none. */
  profileLocation(uri: string, device: string): Location | undefined;
  glossary(command: string | undefined): GlossaryAddress;
  /** The paths on this disk that an address is one of: one, or none. */
  pathOf(uri: string): readonly string[];
  measuring(status: StatusBoard, codeFolders: CodeFolders): Measures;
  /** Answers the requests that need files. */
  register(context: ServerContext): void;
  /** Tells when profiles that open documents may name have changed. */
  watch(context: ServerContext, documents: Documents, changed: () => void): void;
  /** Ends what still runs. */
  close(): void;
}
