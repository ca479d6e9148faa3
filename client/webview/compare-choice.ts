import * as l10n from '@vscode/l10n';
import type { ComparedGroup, FromCompare, ToCompare } from '../src/compare/messages.ts';
import { button, el, replaceContent } from './dom.ts';

/** What can be side by side: a row for each file and one for the published designs. */
export class Choice {
  private readonly send: (message: FromCompare) => void;
  private readonly rows = el('div', { class: 'sources' });
  private readonly add: HTMLButtonElement;
  readonly element: HTMLElement;

  constructor(send: (message: FromCompare) => void) {
    this.send = send;
    this.add = button('add', l10n.t('Add a file…'), () => send({ type: 'add' }));
    this.element = el('section', { 'aria-label': l10n.t('Side by side') }, this.rows, this.add);
  }

  show({ groups, shown }: ToCompare): void {
    replaceContent(this.rows, ...groups.map((group, index) => this.row(group, index, shown)));
  }

  private row(
    { uri, label, stays, problem, designs }: ComparedGroup,
    index: number,
    shown: readonly string[],
  ): Element {
    const boxes = designs.map(({ id, name }) => {
      const tick = el('input', { type: 'checkbox', id: `choose-${id}` });
      tick.checked = shown.includes(id);
      tick.addEventListener('change', () => this.send({ type: 'choose', id, on: tick.checked }));
      return el('label', {}, tick, ` ${name}`);
    });
    const name = el('span', { class: 'source', id: `source-${index}` }, label);
    const remove =
      uri !== undefined && stays
        ? button(`remove-${uri}`, l10n.t('Remove'), () => this.remove(uri), l10n.t('Remove {0}', label))
        : undefined;
    remove?.classList.add('secondary');
    const why = problem === undefined ? undefined : el('p', { class: 'problem' }, problem);
    return el(
      'div',
      { class: 'group', role: 'group', 'aria-labelledby': name.id },
      name,
      el('div', { class: 'boxes' }, ...boxes, why),
      remove,
    );
  }

  /** The button goes with its row: the keyboard is left where another file can be added. */
  private remove(uri: string): void {
    this.add.focus();
    this.send({ type: 'remove', uri });
  }
}
