import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver';
import { TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CODE_ACTION_KINDS } from '../features/code-actions.ts';
import { COMPLETION_TRIGGERS } from '../features/completion.ts';
import type { GlossaryAddress } from '../features/glossary.ts';
import type { Knowledge } from '../features/knowledge.ts';
import { ON_TYPE_TRIGGERS } from '../features/on-type-formatting.ts';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../features/semantic-tokens.ts';
import { SIGNATURE_TRIGGERS } from '../features/signature-help.ts';
import { Certificates } from './certificates.ts';
import { CodeFolders } from './code-folders.ts';
import { registerCommands } from './commands.ts';
import { registerFeatures } from './feature-handlers.ts';
import { FoundDesigns } from './found-designs.ts';
import { registerFrontier } from './frontier-handler.ts';
import type { ServerHost } from './host.ts';
import { registerMeasuring } from './measure-handlers.ts';
import type { Measures } from './measures.ts';
import { sendNotification } from './messages.ts';
import {
  CANCEL_MEASURE_COMMAND,
  type InitializationOptions,
  LINE_HINTS_CHANGED,
  MEASURE_COMMAND,
  RUN_SEARCH_COMMAND,
} from './protocol.ts';
import { publishDiagnostics } from './publish-diagnostics.ts';
import { registerSearch } from './search-handlers.ts';
import { SettingsStore } from './settings-store.ts';
import { ShippedExamples } from './shipped-examples.ts';
import { Snapshots } from './snapshots.ts';
import { StatusBoard } from './status-board.ts';
import { registerViews } from './view-handlers.ts';

export type Documents = TextDocuments<TextDocument>;

/** What the parts of the server share. */
export interface ServerContext {
  readonly connection: Connection;
  readonly snapshots: Snapshots;
  readonly settings: SettingsStore;
  readonly client: ClientAbilities;
  readonly certificates: Certificates;
  /** What searches found, to be written when a client asks for it. */
  readonly designs: FoundDesigns;
  readonly status: StatusBoard;
  readonly measuring: Measures;
  readonly host: ServerHost;
  readonly examples: ShippedExamples;
  readonly codeFolders: CodeFolders;
  /** What features may say of a backbone beyond its own text. */
  readonly knowledge: Knowledge;
}

/** What this client can do, asked before anything is sent that it may not know. */
export interface ClientAbilities {
  readonly pullsDiagnostics: boolean;
  readonly configuration: boolean;
  readonly workspaceFolders: boolean;
  /** Asks for a hint's tooltip when it is shown, so that the hints themselves stay small. */
  readonly resolvesTooltips: boolean;
  readonly refreshesHints: boolean;
  /** Asks for the numbers at the lines by a request of ours and draws them itself. */
  readonly drawsHints: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesDiagnostics: boolean;
  /** Watches files for the server, and those of any folder, be it of the workspace or not. */
  readonly watchesFiles: boolean;
  readonly watchesFolders: boolean;
  readonly workDoneProgress: boolean;
  readonly versionedEdits: boolean;
  readonly snippets: boolean;
  /** Shows why an action cannot be had. */
  readonly disabledActions: boolean;
  readonly runSearchCommand: string;
  /** Makes a profile of this machine; undefined where the client has no such command. */
  readonly makeProfileCommand: string | undefined;
  /** Where hovers lead to from a word. */
  readonly glossary: GlossaryAddress;
}

/** Wires the language server to a connection: the only place that knows both. */
export function startServer(connection: Connection, host: ServerHost): void {
  const documents = new TextDocuments(TextDocument);
  connection.onInitialize((params): InitializeResult => {
    const client = abilitiesOf(params, host);
    const options = optionsOf(params);
    const settings = new SettingsStore(connection, client, options.settings);
    const certificates = new Certificates();
    const status = new StatusBoard(connection);
    const codeFolders = new CodeFolders(params, options, host.folder, host.pathOf);
    const measuring = host.measuring(status, codeFolders);
    const knowledge: Knowledge = {
      certificate: (backbone) => certificates.of(backbone),
      detectorCertificate: (detector) => certificates.ofDetector(detector),
      prices: (task) => certificates.pricesOf(task),
      anyPrices: () => certificates.hasPrices(),
      measured: (backbone) => measuring.of(backbone),
      measuring: (backbone) => measuring.progressOf(backbone),
      now: Date.now,
    };
    const snapshots = new Snapshots(documents, host.profilesOf);
    const context: ServerContext = {
      connection,
      snapshots,
      settings,
      client,
      certificates,
      designs: new FoundDesigns(),
      status,
      measuring,
      host,
      examples: new ShippedExamples(host),
      codeFolders,
      knowledge,
    };
    registerFeatures(context);
    registerViews(context);
    registerFrontier(context);
    registerCommands(connection, { ...registerSearch(context), ...registerMeasuring(context, documents) });
    const updateDiagnostics = publishDiagnostics(context, documents);
    const update = (): void => {
      refresh(context);
      updateDiagnostics();
    };
    host.register(context);
    measuring.onResult(update);
    certificates.onPrices(() => refresh(context));
    measuring.onProgress(() => refreshLenses(context));
    // The client may have seen the file before we did.
    if (client.drawsHints) documents.onDidOpen(() => sendNotification(connection, LINE_HINTS_CHANGED, undefined));
    connection.onShutdown(() => {
      measuring.close();
      host.close();
    });
    connection.onInitialized(() => {
      settings.listen(update);
      host.watch(context, documents, update);
      if (client.workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders((event) => {
          codeFolders.change(event);
          measuring.forgetBackends();
        });
      }
      connection.console.info(`MAE-DET language server, ${host.system}`);
    });
    return { serverInfo: { name: 'mae-det' }, capabilities: capabilities(client) };
  });
  documents.listen(connection);
  connection.listen();
}

/** What is shown depends on settings and measurements too: everything on screen is asked for again. */
function refresh(context: ServerContext): void {
  const { connection, client } = context;
  if (client.drawsHints) sendNotification(connection, LINE_HINTS_CHANGED, undefined);
  else if (client.refreshesHints) void connection.languages.inlayHint.refresh();
  refreshLenses(context);
}

function refreshLenses({ connection, client }: ServerContext): void {
  if (client.refreshesLenses) void connection.sendRequest('workspace/codeLens/refresh');
}

function capabilities(client: ClientAbilities): InitializeResult['capabilities'] {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    hoverProvider: true,
    ...(client.drawsHints ? {} : { inlayHintProvider: { resolveProvider: client.resolvesTooltips } }),
    completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS] },
    signatureHelpProvider: { triggerCharacters: [...SIGNATURE_TRIGGERS] },
    semanticTokensProvider: {
      legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
      full: true,
      range: true,
    },
    documentOnTypeFormattingProvider: {
      firstTriggerCharacter: ON_TYPE_TRIGGERS[0],
      moreTriggerCharacter: ON_TYPE_TRIGGERS.slice(1),
    },
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    documentLinkProvider: {},
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    codeLensProvider: {},
    codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS] },
    ...(client.workspaceFolders
      ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }
      : {}),
    executeCommandProvider: { commands: [RUN_SEARCH_COMMAND, MEASURE_COMMAND, CANCEL_MEASURE_COMMAND] },
    ...(client.pullsDiagnostics
      ? { diagnosticProvider: { identifier: 'mae', interFileDependencies: false, workspaceDiagnostics: false } }
      : {}),
  };
}

const optionsOf = (params: InitializeParams): InitializationOptions =>
  typeof params.initializationOptions === 'object' && params.initializationOptions !== null
    ? params.initializationOptions
    : {};

function abilitiesOf(params: InitializeParams, host: ServerHost): ClientAbilities {
  const { workspace, textDocument, window } = params.capabilities;
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    configuration: workspace?.configuration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    resolvesTooltips: textDocument?.inlayHint?.resolveSupport?.properties.includes('tooltip') === true,
    drawsHints: optionsOf(params).drawsHints === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    workDoneProgress: window?.workDoneProgress === true,
    disabledActions: textDocument?.codeAction?.disabledSupport === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    watchesFolders: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    makeProfileCommand: optionsOf(params).makeProfileCommand,
    runSearchCommand: optionsOf(params).runSearchCommand ?? RUN_SEARCH_COMMAND,
    glossary: host.glossary(optionsOf(params).glossaryCommand),
  };
}
