import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { ClientAbilities } from './server.ts';
import { type ReadSettings, readSettings, SETTINGS_SECTION, type Settings } from './settings.ts';

/** The settings of each document, live: asked for once, and again after every change. */
export class SettingsStore {
  private readonly connection: Connection;
  private readonly client: ClientAbilities;
  private readonly byDocument = new Map<string, Promise<Settings>>();
  private readonly reported = new Set<string>();
  private fallback: ReadSettings;

  constructor(connection: Connection, client: ClientAbilities, initial: unknown) {
    this.connection = connection;
    this.client = client;
    this.fallback = readSettings(initial);
  }

  /** Asks to be told of changes; `changed` runs after each. */
  listen(changed: () => void): void {
    if (this.client.configuration) {
      void this.connection.client.register(DidChangeConfigurationNotification.type, { section: SETTINGS_SECTION });
    }
    this.report(this.fallback);
    this.connection.onDidChangeConfiguration(({ settings }) => {
      this.byDocument.clear();
      this.reported.clear();
      if (!this.client.configuration) {
        this.fallback = readSettings(settings?.[SETTINGS_SECTION]);
        this.report(this.fallback);
      }
      changed();
    });
  }

  forget(uri: string): void {
    this.byDocument.delete(uri);
  }

  /** The settings that hold for a document. */
  get(uri: string): Promise<Settings> {
    if (!this.client.configuration) return Promise.resolve(this.fallback.settings);
    let settings = this.byDocument.get(uri);
    if (settings === undefined) {
      settings = this.ask(uri);
      this.byDocument.set(uri, settings);
    }
    return settings;
  }

  private async ask(scopeUri: string): Promise<Settings> {
    try {
      const raw: unknown = await this.connection.workspace.getConfiguration({ scopeUri, section: SETTINGS_SECTION });
      const result = readSettings(raw);
      this.report(result);
      return result.settings;
    } catch (error) {
      this.connection.console.warn(`The settings could not be read, so defaults are used: ${String(error)}`);
      return this.fallback.settings;
    }
  }

  /** Each refused value is said once, in the log: a popup for every document would help nobody. */
  private report({ problems }: ReadSettings): void {
    for (const problem of problems.filter((p) => !this.reported.has(p))) {
      this.reported.add(problem);
      this.connection.console.warn(problem);
    }
  }
}
