import * as vscode from 'vscode';
import {
  COMPARE_REQUEST,
  type CompareAnswer,
  type ComparedFile,
  type ComparedText,
  type CompareParams,
} from '../../../server/src/server/protocol.ts';
import { FollowedFile } from '../followed-file.ts';
import type { LanguageServer } from '../language-server.ts';
import { sendRequest } from '../messages.ts';
import { keptUri } from '../webviews/kept-uri.ts';
import { Panel } from '../webviews/panel.ts';
import { type ComparedGroup, type FromCompare, isFromCompare, type ToCompare } from './messages.ts';
import { pickFiles } from './pick-files.ts';
import { addFiles, type Comparison, choose, filesOf, isComparison, NOTHING, removeFile, shownOf } from './state.ts';
import { ComparedTexts, type Unreadable } from './texts.ts';

/** Where the comparison is kept over reloads. */
const KEPT = 'mae-det.comparison';

/** Backbones of the file in front, of files that were added, and the published ones, side by side. */
export class Compare implements vscode.Disposable {
  private readonly server: LanguageServer;
  private readonly memory: vscode.Memento;
  private readonly panel: Panel<FromCompare, ToCompare>;
  private readonly file: FollowedFile;
  private readonly texts: ComparedTexts;
  private state: Comparison;
  /** Ids that the page shows. */
  private shown: readonly string[] = [];
  private asked = 0;

  constructor(context: vscode.ExtensionContext, server: LanguageServer) {
    this.server = server;
    this.memory = context.workspaceState;
    const kept = this.memory.get(KEPT);
    this.state = isComparison(kept) ? { ...NOTHING, ...kept } : NOTHING;
    this.file = new FollowedFile(() => this.refresh(), server);
    this.texts = new ComparedTexts(() => this.file.soon());
    this.panel = new Panel<FromCompare, ToCompare>(context, {
      name: 'compare',
      viewType: 'mae-det.compare',
      title: vscode.l10n.t('Compare Backbones'),
      accepts: isFromCompare,
      receive: (message) => void this.receive(message),
      restore: (uri) => {
        this.file.uri ??= keptUri(uri);
      },
    });
  }

  show(): void {
    this.file.follow();
    this.panel.show();
  }

  /** Shows files side by side: those that are given, as the explorer does, or those that a person then picks. */
  async compareFiles(given: readonly vscode.Uri[]): Promise<void> {
    const uris = given.length > 0 ? given.map(String) : await pickFiles(this.state.files);
    if (uris.length === 0) return;
    this.file.follow();
    await this.add(uris, true);
    this.panel.show();
  }

  private async receive(message: FromCompare): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.refresh();
      case 'add':
        return this.add(await pickFiles(filesOf(this.state, this.file.uri)), false);
      case 'remove':
        return this.change(removeFile(this.state, message.uri));
      case 'choose': {
        const { shown } = this;
        return this.change(choose(this.state, message.id, { on: message.on, shown, front: this.file.uri }));
      }
      case 'reference':
        return this.change({ ...this.state, reference: message.id });
      case 'at':
        return this.change({ ...this.state, at: message.at.trim() === '' ? undefined : message.at });
    }
  }

  private async add(uris: readonly string[], instead: boolean): Promise<void> {
    const { shown } = this;
    if (uris.length > 0) await this.change(addFiles(this.state, uris, { shown, front: this.file.uri, instead }));
  }

  private async change(state: Comparison): Promise<void> {
    this.state = state;
    await this.memory.update(KEPT, state);
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    if (!this.panel.visible) return;
    this.asked += 1;
    const { asked, state } = this;
    const front = this.file.uri;
    const uris = filesOf(state, front);
    this.texts.watch(uris);
    const read = await Promise.all(uris.map((uri) => this.texts.read(uri)));
    const files = read.filter(isText);
    const params: CompareParams = { files, ...(state.at === undefined ? {} : { at: state.at }) };
    const answer = await sendRequest(this.server.client, COMPARE_REQUEST, params);
    // Whatever changed meanwhile has its own refresh on the way.
    if (asked !== this.asked) return;
    const groups = [...read.map((source) => this.group(source, answer)), publishedGroup(answer)];
    this.shown = shownOf(
      state,
      groups.flatMap((g) => g.designs),
    );
    this.panel.post({
      type: 'designs',
      uri: front,
      estimator: answer.estimator,
      costs: answer.costs,
      objectives: answer.objectives,
      evidence: answer.evidence,
      groups,
      shown: this.shown,
      reference: state.reference,
      at: state.at,
      atProblem: answer.atProblem,
    });
  }

  private group(source: ComparedText | Unreadable, { files }: CompareAnswer): ComparedGroup {
    const { uri } = source;
    const file = files.find((f) => f.uri === uri);
    return {
      uri,
      label: vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
      stays: this.state.files.includes(uri),
      problem: isText(source) ? file?.errors && errorText(file.errors, file.designs.length > 0) : source.problem,
      designs: file?.designs ?? [],
    };
  }

  dispose(): void {
    this.file.dispose();
    this.texts.dispose();
    this.panel.dispose();
  }
}

const isText = (source: ComparedText | Unreadable): source is ComparedText => !('problem' in source);

const publishedGroup = ({ published }: CompareAnswer): ComparedGroup => ({
  uri: undefined,
  label: vscode.l10n.t('Published'),
  stays: false,
  problem: undefined,
  designs: published,
});

function errorText({ count, first }: NonNullable<ComparedFile['errors']>, numbers: boolean): string {
  const place = vscode.l10n.t('Line {0}: {1}', first.line, first.message);
  const more = count > 1 ? ` ${vscode.l10n.t('Errors in all: {0}.', count)}` : '';
  const meanwhile = numbers ? ` ${vscode.l10n.t('What can be read is compared.')}` : '';
  return `${place}${more}${meanwhile}`;
}
