import * as l10n from '@vscode/l10n';
import type { ModelTable } from '../../server/src/server/protocol.ts';
import { imageSize } from '../src/model/stages.ts';
import { button, el, setAttributes, setText } from './dom.ts';

/** At which image size a model is counted: what the file says, or another. */
export class ModelSize {
  private readonly typed = el('input', {
    id: 'size',
    type: 'text',
    size: '12',
    placeholder: '224x224',
    'aria-describedby': 'size-problem',
  });
  private readonly problem = el('span', { id: 'size-problem', class: 'problem', role: 'alert' });
  private readonly own: HTMLElement;
  readonly element: HTMLElement;

  /** @param ask counts at a size; undefined for what the file says */
  constructor(ask: (size: string | undefined) => void) {
    const press = (): void => ask(this.typed.value.trim() === '' ? undefined : this.typed.value);
    this.typed.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') press();
    });
    this.own = button('size-own', l10n.t('As in the file'), () => ask(undefined));
    this.own.classList.add('secondary');
    const count = button('size-count', l10n.t('Count'), press);
    count.classList.add('secondary');
    this.element = el(
      'div',
      { class: 'options' },
      el('span', {}, el('label', { for: 'size' }, l10n.t('Images of height x width')), this.typed, count, this.own),
      this.problem,
    );
  }

  show({ inputs }: ModelTable, size: string | undefined, problem: string | undefined): void {
    const image = imageSize({ inputs });
    this.element.hidden = image === undefined;
    this.own.hidden = size === undefined;
    if (document.activeElement !== this.typed)
      this.typed.value = size ?? (image === undefined ? '' : `${image.height}x${image.width}`);
    setText(this.problem, problem ?? '');
    setAttributes(this.typed, { 'aria-invalid': problem === undefined ? undefined : 'true' });
  }
}
