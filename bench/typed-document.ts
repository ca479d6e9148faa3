import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LspClient } from '../test/lsp/client.ts';
import type { Keystroke } from './editor-text.ts';

/** A document that is open in an editor: each key changes it, and the server is told. */
export class TypedDocument {
  readonly uri: string;
  private readonly client: LspClient;
  private document: TextDocument;

  private constructor(client: LspClient, uri: string, languageId: string, text: string) {
    this.client = client;
    this.uri = uri;
    this.document = TextDocument.create(uri, languageId, 1000, text);
  }

  static async open(client: LspClient, text: string, languageId = 'mae'): Promise<TypedDocument> {
    const uri = await client.open(text, `file:///design.${languageId}`, languageId);
    return new TypedDocument(client, uri, languageId, text);
  }

  press({ start, end, text }: Keystroke): Promise<void> {
    const range = { start: this.document.positionAt(start), end: this.document.positionAt(end) };
    this.document = TextDocument.update(this.document, [{ range, text }], this.document.version + 1);
    const { uri, version } = this.document;
    const params = { textDocument: { uri, version }, contentChanges: [{ range, text }] };
    return this.client.connection.sendNotification('textDocument/didChange', params);
  }
}
