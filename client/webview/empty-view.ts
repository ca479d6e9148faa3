import * as l10n from '@vscode/l10n';
import type { FromDashboard } from '../src/dashboard/messages.ts';
import { button, el, setText } from './dom.ts';

/** What stands there while there is no run to show: of the file in front, or at all. */
export class EmptyView {
  readonly element: HTMLElement;
  private readonly title = el('h1', {}, l10n.t('Searches'));
  private readonly text = el('p');
  private readonly run: HTMLButtonElement;
  private file: string | undefined;

  constructor(send: (message: FromDashboard) => void) {
    this.run = button('run', l10n.t('Run MAE-DET Search'), () => {
      if (this.file !== undefined) send({ type: 'search', uri: this.file });
    });
    this.element = el('section', {}, this.title, this.text, el('div', { class: 'buttons' }, this.run));
  }

  update(file: string | undefined, name: string | undefined): void {
    this.file = file;
    this.run.hidden = file === undefined;
    setText(this.title, name === undefined ? l10n.t('Searches') : l10n.t('Searches of {0}', name));
    setText(
      this.text,
      name === undefined
        ? l10n.t('No search has run in this workspace yet. Run MAE-DET Search, and it is shown here.')
        : l10n.t('No search of {0} has run yet. Its runs are shown here.', name),
    );
  }
}
