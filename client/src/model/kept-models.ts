import type * as vscode from 'vscode';
import { type KeptPage, keptModels, keptPage, withModel } from './kept.ts';

/** Where it is kept over reloads how models were looked at. */
const KEPT = 'mae-det.models';

/** How each model of the workspace was looked at last. */
export class KeptModels {
  private readonly memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.memory = memory;
  }

  of(uri: vscode.Uri): KeptPage {
    const address = uri.toString();
    return keptModels(this.memory.get(KEPT)).find((model) => model.uri === address)?.page ?? keptPage(undefined);
  }

  async keep(uri: vscode.Uri, page: KeptPage): Promise<void> {
    await this.memory.update(KEPT, withModel(keptModels(this.memory.get(KEPT)), uri.toString(), page));
  }
}
