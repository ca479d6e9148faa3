import * as vscode from 'vscode';
import type { NumbersAnswer, NumbersBackbone, NumbersParams } from '../../../server/src/server/protocol.ts';
import { keepSaved } from './saved.ts';

interface Known {
  readonly backbones: readonly NumbersBackbone[];
  /** The file was saved again since. */
  readonly outdated: boolean;
}

/** The numbers of files as they were saved last: what changes are measured against. Asked for when first needed. */
export class SavedNumbers implements vscode.Disposable {
  private readonly ask: (params: NumbersParams) => Promise<NumbersAnswer>;
  private readonly known = new Map<string, Known>();
  private readonly listeners: vscode.Disposable[];

  constructor(ask: (params: NumbersParams) => Promise<NumbersAnswer>) {
    this.ask = ask;
    this.listeners = [
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        const known = this.known.get(uri.toString());
        if (known !== undefined) this.known.set(uri.toString(), { ...known, outdated: true });
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.known.delete(uri.toString())),
    ];
  }

  /** @param now the numbers of the document's text, which are those of the file where nothing was typed since */
  async of(document: vscode.TextDocument, now: NumbersAnswer): Promise<readonly NumbersBackbone[]> {
    const uri = document.uri.toString();
    const known = this.known.get(uri);
    const unchanged = now !== null && now.version === document.version && !document.isDirty;
    if (!unchanged && known?.outdated === false) return known.backbones;
    const text = unchanged ? undefined : await textOnDisk(document);
    const saved = unchanged ? now : text === undefined ? null : await this.ask({ uri, text });
    const backbones = keepSaved(known?.backbones ?? [], saved?.backbones ?? []);
    this.known.set(uri, { backbones, outdated: false });
    return backbones;
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }
}

/** Undefined for a document that was never saved, or whose file is gone. */
async function textOnDisk({ isUntitled, uri }: vscode.TextDocument): Promise<string | undefined> {
  if (isUntitled) return undefined;
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
