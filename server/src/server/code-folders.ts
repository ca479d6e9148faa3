import type { InitializeParams, WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import type { ServerHost } from './host.ts';
import type { InitializationOptions } from './protocol.ts';

/**
 * The folders that measuring may load the CUDA package from. What stands in a workspace is somebody's code: it is run
 * only once the person has said that the workspace is trusted.
 */
export class CodeFolders {
  private readonly own: readonly string[];
  private workspace: readonly string[];
  private trusted: boolean;
  private readonly pathOf: ServerHost['pathOf'];

  /** @param own the installation's own folder */
  constructor(
    params: Pick<InitializeParams, 'workspaceFolders' | 'rootUri'>,
    { cudaFolders = [], workspaceTrusted }: InitializationOptions,
    own: string,
    pathOf: ServerHost['pathOf'],
  ) {
    this.pathOf = pathOf;
    this.own = [...cudaFolders, own];
    this.workspace = foldersOf(params);
    // Whatever an editor sends: only a plain yes is one.
    this.trusted = workspaceTrusted === true;
  }

  /** The workspace's folders as paths, trusted or not: their texts may be read, only their code may not be run. */
  get workspacePaths(): string[] {
    return this.workspace.flatMap((uri) => this.pathOf(uri));
  }

  trust(): void {
    this.trusted = true;
  }

  change({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = removed.map((folder) => folder.uri);
    this.workspace = [...this.workspace.filter((uri) => !gone.includes(uri)), ...added.map((folder) => folder.uri)];
  }

  /** The most wanted first; `wanted` is that of the settings, empty for none. */
  list(wanted: string): string[] {
    const workspace = this.trusted ? this.workspacePaths : [];
    return [...(wanted === '' ? [] : [wanted]), ...workspace, ...this.own];
  }

  /** What the Doctor adds where folders are left out. */
  get note(): string | undefined {
    if (this.trusted || this.workspacePaths.length === 0) return undefined;
    return "The workspace's own folder is not searched for a CUDA package, because the workspace is not trusted.";
  }
}

/** Of older clients the one root, of the others all. */
const foldersOf = ({ workspaceFolders, rootUri }: Pick<InitializeParams, 'workspaceFolders' | 'rootUri'>): string[] =>
  workspaceFolders?.map((folder) => folder.uri) ?? (rootUri ? [rootUri] : []);
