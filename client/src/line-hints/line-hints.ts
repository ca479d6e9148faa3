import * as vscode from 'vscode';
import { State } from 'vscode-languageclient';
import { LINE_HINTS_REQUEST } from '../../../server/src/server/protocol.ts';
import type { LanguageServer } from '../language-server.ts';
import { sendRequest } from '../messages.ts';
import { placeHints } from './layout.ts';
import { joinedHints, type KnownHint, type LineChange, movedHints } from './moved.ts';
import { textWidth } from './text-width.ts';

/** Lines around those on screen that have their hints already when they are scrolled to. */
const AROUND = 100;

/**
 * The numbers behind the lines. They are drawn behind the end of the text and are no part of it, as an inlay hint is: the
 * caret stops where the text ends. Between a keystroke and the server's answer the old ones stay with their lines.
 */
export class LineHints implements vscode.Disposable {
  private readonly server: LanguageServer;
  private readonly decoration = vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor('maeDet.hintForeground') },
  });
  /** What stands in each document now. */
  private readonly hints = new Map<string, readonly KnownHint[]>();
  /** Documents whose hints are asked for, and whether they must be asked for again. */
  private readonly asking = new Map<string, boolean>();
  private readonly listeners: vscode.Disposable[];

  constructor(server: LanguageServer) {
    this.server = server;
    this.listeners = [
      server.client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.askAll();
      }),
      server.onNumbersChanged(() => this.askAll()),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.drawAll();
        this.askAll();
      }),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.drawIn(textEditor)),
      vscode.window.onDidChangeTextEditorOptions(({ textEditor }) => this.drawIn(textEditor)),
      vscode.workspace.onDidChangeTextDocument((change) => this.follow(change)),
      // Also when it becomes a file of another language.
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.hints.delete(document.uri.toString());
        this.draw(document);
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('editor.inlayHints')) this.drawAll();
      }),
    ];
  }

  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document.languageId !== 'mae' || contentChanges.length === 0) return;
    const uri = document.uri.toString();
    const known = this.hints.get(uri);
    if (known !== undefined) {
      // The last in the text comes first, so that none moves the next.
      const move = (hints: readonly KnownHint[], change: vscode.TextDocumentContentChangeEvent): KnownHint[] =>
        movedHints(hints, lineChange(document, change));
      this.hints.set(uri, contentChanges.reduce(move, known));
      this.draw(document);
    }
    void this.ask(document);
  }

  private askAll(): void {
    for (const { document } of maeEditors()) void this.ask(document);
  }

  /** Asks until the answer belongs to the text as it is; one question at a time for each document. */
  private async ask(document: vscode.TextDocument): Promise<void> {
    const uri = document.uri.toString();
    if (this.asking.has(uri)) {
      this.asking.set(uri, true);
      return;
    }
    if (!this.server.client.isRunning()) return;
    try {
      let settled = false;
      while (!settled) {
        this.asking.set(uri, false);
        const answer = await sendRequest(this.server.client, LINE_HINTS_REQUEST, { uri });
        if (document.isClosed) return;
        // A file that the server has not seen yet is told of by LINE_HINTS_CHANGED.
        const fits = answer === null || answer.version === document.version;
        if (answer !== null && fits) {
          this.hints.set(uri, joinedHints(answer, this.hints.get(uri) ?? [], textsOf(document)));
          this.draw(document);
        }
        settled = fits && this.asking.get(uri) === false;
      }
    } catch {
      // The server is gone or going; the next one is asked when it runs.
    } finally {
      this.asking.delete(uri);
    }
  }

  private drawAll(): void {
    for (const { document } of maeEditors()) this.draw(document);
  }

  private draw(document: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) this.drawIn(editor);
  }

  private drawIn(editor: vscode.TextEditor): void {
    const { document, options } = editor;
    const hints = isWanted(document) ? (this.hints.get(document.uri.toString()) ?? []) : [];
    const tabSize = Number(options.tabSize) || 4;
    const textOf = textsOf(document);
    const inText = hints.filter(({ line }) => line < document.lineCount);
    const placed = placeHints(inText, (line) => textWidth(textOf(line) ?? '', tabSize));
    editor.setDecorations(
      this.decoration,
      placed
        .filter(({ line }) => isNear(editor, line))
        .map(({ line, text }) => {
          const { end } = document.lineAt(line).range;
          return { range: new vscode.Range(end, end), renderOptions: { after: { contentText: text } } };
        }),
    );
  }

  dispose(): void {
    this.decoration.dispose();
    for (const listener of this.listeners) listener.dispose();
  }
}

const maeEditors = (): vscode.TextEditor[] =>
  vscode.window.visibleTextEditors.filter(({ document }) => document.languageId === 'mae');

/** VS Code's own switch holds for ours too. Those that come and go with a key stay away: no extension hears of the key. */
const isWanted = (document: vscode.TextDocument): boolean =>
  vscode.workspace.getConfiguration('editor', document).get<string>('inlayHints.enabled', 'on').startsWith('on');

const textsOf =
  (document: vscode.TextDocument) =>
  (line: number): string | undefined =>
    line < document.lineCount ? document.lineAt(line).text : undefined;

const isNear = ({ visibleRanges }: vscode.TextEditor, line: number): boolean =>
  visibleRanges.length === 0 ||
  visibleRanges.some(({ start, end }) => line >= start.line - AROUND && line <= end.line + AROUND);

function lineChange(document: vscode.TextDocument, { range, text }: vscode.TextDocumentContentChangeEvent): LineChange {
  const { start, end } = range;
  const before = (textsOf(document)(start.line) ?? '').slice(0, start.character);
  return {
    startLine: start.line,
    endLine: end.line,
    newLines: text.split('\n').length - 1,
    beforeText: before.trim() === '',
  };
}
