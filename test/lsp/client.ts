import { type ChildProcess, spawn } from 'node:child_process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  type ClientCapabilities,
  createMessageConnection,
  type Diagnostic,
  type MessageConnection,
  type PublishDiagnosticsParams,
  type ServerCapabilities,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceFolder,
} from 'vscode-languageserver-protocol/node';

const SERVER = new URL('../../dist/server.js', import.meta.url);

export interface StartOptions {
  /** Node's arguments; our own server when left out. */
  readonly program?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  readonly workspaceFolders?: readonly WorkspaceFolder[];
  /** Answers `workspace/configuration` for the section mae-det. */
  readonly settings?: () => unknown;
}

/** The bundled server as a black box over stdio, as any editor runs it. */
export class LspClient {
  readonly connection: MessageConnection;
  readonly diagnostics = new Map<string, PublishDiagnosticsParams>();
  readonly messages: { readonly method: string; readonly params: unknown }[] = [];
  capabilities: ServerCapabilities = {};
  private readonly process: ChildProcess;
  private readonly waiting = new Set<() => void>();
  private readonly exited: Promise<number | null>;
  private version = 1;

  private constructor(process: ChildProcess, connection: MessageConnection) {
    this.process = process;
    this.connection = connection;
    this.exited = new Promise((resolve) => process.once('exit', (code) => resolve(code)));
  }

  static async start(options: StartOptions = {}): Promise<LspClient> {
    const program = options.program ?? [fileURLToPath(SERVER), '--stdio'];
    const child = spawn(process.execPath, program, { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const client = new LspClient(child, connection);
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      client.diagnostics.set(params.uri, params);
      client.wake();
    });
    connection.onNotification((method, params) => {
      client.messages.push({ method, params });
      client.wake();
    });
    connection.onRequest('workspace/configuration', () => [options.settings?.() ?? null]);
    connection.onRequest((method, params) => {
      client.messages.push({ method, params });
      client.wake();
      return method === 'workspace/applyEdit' ? { applied: true } : null;
    });
    connection.listen();
    const result = await connection.sendRequest<{ capabilities: ServerCapabilities }>('initialize', {
      processId: process.pid,
      rootUri: null,
      ...(options.workspaceFolders === undefined ? {} : { workspaceFolders: options.workspaceFolders }),
      capabilities: {
        ...options.capabilities,
        workspace: { workspaceEdit: { documentChanges: true }, ...options.capabilities?.workspace },
      },
      initializationOptions: options.initializationOptions,
    });
    client.capabilities = result.capabilities;
    await connection.sendNotification('initialized', {});
    return client;
  }

  /** The server's process. */
  get pid(): number {
    return this.process.pid ?? -1;
  }

  /** Opens a document and gives its URI. */
  async open(text: string, uri = 'file:///design.mae', languageId = 'mae'): Promise<string> {
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: this.version, text },
    });
    return uri;
  }

  /** Replaces the whole text; the new version is returned. */
  async change(uri: string, text: string): Promise<number> {
    this.version += 1;
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: this.version },
      contentChanges: [{ text }],
    });
    return this.version;
  }

  request<R>(method: string, params: unknown): Promise<R> {
    return this.connection.sendRequest<R>(method, params);
  }

  /** What is sent meanwhile reaches the server at once, as from a client that collects its messages. */
  async inOneWrite(send: () => void): Promise<void> {
    this.process.stdin?.cork();
    send();
    // Each message is written in a turn of its own.
    for (let turn = 0; turn < 4; turn++) await nextTurn();
    this.process.stdin?.uncork();
  }

  /** The pushed diagnostics of a version of a document. */
  async pushed(uri: string, version: number): Promise<Diagnostic[]> {
    await this.until(() => this.diagnostics.get(uri)?.version === version);
    return this.diagnostics.get(uri)?.diagnostics ?? [];
  }

  /** Waits until something that the server sends makes the condition true. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  /** Shuts the server down as an editor does; gives its exit code. */
  async stop(): Promise<number | null> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await this.exited;
    this.connection.dispose();
    return code;
  }

  /** Closes the pipe, as an editor that dies does. */
  async vanish(): Promise<number | null> {
    this.process.stdin?.end();
    return this.exited;
  }
}
