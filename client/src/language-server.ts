import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  CloseAction,
  type CloseHandlerResult,
  type LanguageClientOptions,
  State,
} from 'vscode-languageclient';
import {
  type InitializationOptions,
  LINE_HINTS_CHANGED,
  SEARCH_PROGRESS,
  type SearchProgressParams,
  STATUS,
  WORKSPACE_TRUSTED,
} from '../../server/src/server/protocol.ts';
import { COMMANDS } from './command-ids.ts';
import { DESIGN_SCHEME } from './mae-editor.ts';
import { onNotification, sendNotification } from './messages.ts';
import type { Status } from './status.ts';

/** A server that dies again and again is left alone after this many restarts within the window. */
const RESTARTS = 4;
const RESTART_WINDOW_MS = 3 * 60_000;

/** Makes the client of a server, which starts where the extension runs. */
export type Connect = (context: vscode.ExtensionContext, options: LanguageClientOptions) => BaseLanguageClient;

/** How the server is reached, and what it may offer there. */
export interface ServerConnection {
  readonly connect: Connect;
  readonly makeProfileCommand?: string;
}

/** The connection to the language server. */
export class LanguageServer implements vscode.Disposable {
  readonly client: BaseLanguageClient;
  private readonly status: Status;
  private readonly log: vscode.LogOutputChannel;
  private readonly progressListeners = new Set<(progress: SearchProgressParams) => void>();
  private readonly numbersListeners = new Set<() => void>();
  private readonly trust: vscode.Disposable;
  private crashes: number[] = [];

  constructor(
    context: vscode.ExtensionContext,
    log: vscode.LogOutputChannel,
    status: Status,
    { connect, makeProfileCommand }: ServerConnection,
  ) {
    this.status = status;
    this.log = log;
    // Asked again at each start: trust may have been given meanwhile.
    const initializationOptions = (): InitializationOptions => ({
      runSearchCommand: COMMANDS.runSearch,
      glossaryCommand: COMMANDS.showGlossary,
      ...(makeProfileCommand === undefined ? {} : { makeProfileCommand }),
      drawsHints: true,
      cudaFolders: [context.globalStorageUri.fsPath],
      workspaceTrusted: vscode.workspace.isTrusted,
    });
    const clientOptions: LanguageClientOptions = {
      documentSelector: [{ language: 'mae' }],
      outputChannel: log,
      initializationOptions,
      // Of all commands that a text could name only this one runs from a hover: it opens a page of the docs.
      markdown: { isTrusted: { enabledCommands: [COMMANDS.showGlossary] } },
      initializationFailedHandler: () => false,
      // What a diff shows beside a file would be reported a second time.
      middleware: {
        didOpen: async (document, next) => {
          if (document.uri.scheme !== DESIGN_SCHEME) await next(document);
        },
        didClose: async (document, next) => {
          if (document.uri.scheme !== DESIGN_SCHEME) await next(document);
        },
      },
      errorHandler: {
        error: () => ({ action: 1 }),
        closed: () => this.closed(),
      },
    };
    this.client = connect(context, clientOptions);
    this.client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) this.status.show({ health: 'ok', message: vscode.l10n.t('Ready') });
    });
    this.trust = vscode.workspace.onDidGrantWorkspaceTrust(() => {
      // One that is just starting may have been told otherwise a moment ago.
      if (this.client.state !== State.Stopped) void sendNotification(this.client, WORKSPACE_TRUSTED, undefined);
    });
    onNotification(this.client, STATUS, (params) => this.status.show(params));
    onNotification(this.client, LINE_HINTS_CHANGED, () => {
      for (const listener of this.numbersListeners) listener();
    });
    onNotification(this.client, SEARCH_PROGRESS, (params) => {
      for (const listener of this.progressListeners) listener(params);
    });
  }

  async start(): Promise<void> {
    try {
      await this.client.start();
    } catch (error) {
      this.log.error(`The language server did not start: ${String(error)}`);
      this.status.stopped(String(error));
    }
  }

  async restart(): Promise<void> {
    this.crashes = [];
    this.status.show({ health: 'busy', message: vscode.l10n.t('Restarting') });
    try {
      if (this.client.isRunning()) await this.client.stop();
      await this.client.start();
    } catch (error) {
      this.log.error(`The language server did not restart: ${String(error)}`);
      this.status.stopped(String(error));
    }
  }

  /** Listens to the progress of searches until the result is disposed. */
  onSearchProgress(listener: (progress: SearchProgressParams) => void): vscode.Disposable {
    this.progressListeners.add(listener);
    return new vscode.Disposable(() => this.progressListeners.delete(listener));
  }

  /** Tells of numbers that changed though no text did, until the result is disposed: a setting, a measurement or a profile is another. */
  onNumbersChanged(listener: () => void): vscode.Disposable {
    this.numbersListeners.add(listener);
    return new vscode.Disposable(() => this.numbersListeners.delete(listener));
  }

  /** A crash is quiet: the server comes back, and only when it keeps dying the status item says so. */
  private closed(): CloseHandlerResult {
    const now = Date.now();
    this.crashes = [...this.crashes.filter((time) => now - time < RESTART_WINDOW_MS), now];
    if (this.crashes.length <= RESTARTS) {
      this.log.warn('The language server stopped and is started again.');
      return { action: CloseAction.Restart, handled: true };
    }
    this.status.stopped(vscode.l10n.t('The language server stopped {0} times within three minutes.', RESTARTS + 1));
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  dispose(): void {
    this.trust.dispose();
    void this.client.dispose();
  }
}
