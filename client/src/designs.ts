import * as vscode from 'vscode';
import { type AppliedEdit, applyEdits, undoEdit } from './applied-edit.ts';
import { COMMANDS } from './command-ids.ts';
import { fileName } from './dashboard/file-label.ts';
import { DesignDocuments } from './design-documents.ts';
import { designEdit, type FoundDesign } from './design-edit.ts';
import type { LanguageServer } from './language-server.ts';
import { columnOf, reveal } from './reveal.ts';

/** Designs on their way into files: seen before they are written, in one undo step, and shown as a diff. */
export class Designs implements vscode.Disposable {
  private readonly server: LanguageServer;
  private readonly documents = new DesignDocuments();

  constructor(server: LanguageServer) {
    this.server = server;
  }

  /** Writes a design into a file as it is now, which comes to the front first. Answers with what to say of it. */
  async apply(uri: vscode.Uri, design: FoundDesign): Promise<string | undefined> {
    const document = await reveal(uri, { preserveFocus: true });
    if (document === undefined) return undefined;
    const name = fileName(uri.toString());
    const edit = await designEdit(this.server, uri.toString(), design);
    if (edit === undefined) {
      await vscode.env.clipboard.writeText(design.text);
      return tell(vscode.l10n.t('The backbone is no longer in {0}. The design was copied instead.', name));
    }
    if (edit.edits.length === 0) return tell(vscode.l10n.t('{0} has this design already.', name));
    const applied = document.version === edit.version ? await applyEdits(document, edit.edits) : undefined;
    if (applied === undefined) return tell(vscode.l10n.t('{0} changed meanwhile: try again.', name));
    const said = vscode.l10n.t('Applied to {0}.', name);
    void this.offerAfter(applied, said);
    return said;
  }

  /** Says what was written, with what may come next: a look at it, the way back, the dashboard. */
  async offerAfter(applied: AppliedEdit, text: string, seen = false): Promise<void> {
    const diff = vscode.l10n.t('Show Diff');
    const undo = vscode.l10n.t('Undo');
    const dashboard = vscode.l10n.t('Dashboard');
    const chosen = await vscode.window.showInformationMessage(text, ...(seen ? [] : [diff]), undo, dashboard);
    if (chosen === undo) await undoEdit(applied);
    else if (chosen === dashboard) await vscode.commands.executeCommand(COMMANDS.showDashboard);
    else if (chosen === diff) {
      await this.showChange(applied);
      // Whoever looked may still want the way back.
      await this.offerAfter(applied, text, true);
    }
  }

  /** The file against itself with a design, which *Apply* in the title of the diff then writes. Answers where that cannot be. */
  async showDiff(uri: vscode.Uri, design: FoundDesign): Promise<string | undefined> {
    if ((await reveal(uri, { preserveFocus: true })) === undefined) return undefined;
    const name = fileName(uri.toString());
    const edit = await designEdit(this.server, uri.toString(), design);
    if (edit === undefined) return tell(vscode.l10n.t('The backbone is no longer in {0}.', name));
    const proposed = this.documents.add(
      uri,
      design,
      async () => (await designEdit(this.server, uri.toString(), design))?.text ?? edit.text,
    );
    await openDiff(uri, uri, proposed, vscode.l10n.t('{0} ↔ design of the search', name));
    return undefined;
  }

  /** *Apply* in the title of a diff: writes its design, and closes it, for both sides are then the same. */
  async applyShown(argument: unknown): Promise<void> {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    const front = tab?.input instanceof vscode.TabInputTextDiff ? tab.input.modified : undefined;
    const shown = argument instanceof vscode.Uri ? argument : front;
    const found = shown === undefined ? undefined : this.documents.designOf(shown);
    if (found === undefined) return;
    await this.apply(found.file, found.design);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const diffs = tabs.filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === shown?.toString(),
    );
    await vscode.window.tabGroups.close(diffs);
  }

  /** The file before it was written, beside it. */
  async showChange({ document: { uri }, before }: AppliedEdit): Promise<void> {
    const old = this.documents.add(uri, undefined, async () => before);
    await openDiff(uri, old, uri, vscode.l10n.t('{0}: before ↔ with the design', fileName(uri.toString())));
  }

  dispose(): void {
    this.documents.dispose();
  }
}

/** Where the file is, and not over a view. */
const openDiff = (file: vscode.Uri, left: vscode.Uri, right: vscode.Uri, title: string): Thenable<unknown> =>
  vscode.commands.executeCommand('vscode.diff', left, right, title, { viewColumn: columnOf(file), preview: true });

function tell(text: string): string {
  void vscode.window.showWarningMessage(text);
  return text;
}
