import * as l10n from '@vscode/l10n';
import type { FromCompare, ToCompare } from '../src/compare/messages.ts';
import { el, replaceContent, setAttributes, setText } from './dom.ts';

const OWN = '';
const OTHER = 'other';
/** So many designs name a size; it is theirs all the same. */
const NAMED = 2;

interface Option {
  readonly value: string;
  readonly text: string;
}

/** At which input size, and against which design. */
export class CompareOptions {
  private readonly size = el('select', { id: 'size' });
  private readonly typed = el('input', {
    id: 'typed',
    type: 'text',
    size: '12',
    placeholder: '800x1280',
    'aria-label': l10n.t('Height x width'),
    'aria-describedby': 'size-problem',
  });
  private readonly problem = el('span', { id: 'size-problem', class: 'problem', role: 'alert' });
  private readonly reference = el('select', { id: 'reference' });
  readonly element = el(
    'div',
    { class: 'options' },
    el('span', {}, el('label', { for: 'size' }, l10n.t('Input')), this.size, this.typed),
    el('span', {}, el('label', { for: 'reference' }, l10n.t('Differences to')), this.reference),
    this.problem,
  );

  constructor(send: (message: FromCompare) => void) {
    this.typed.hidden = true;
    this.size.addEventListener('change', () => {
      this.typed.hidden = this.size.value !== OTHER;
      if (this.typed.hidden) send({ type: 'at', at: this.size.value });
      else this.typed.focus();
    });
    this.typed.addEventListener('change', () => send({ type: 'at', at: this.typed.value }));
    this.reference.addEventListener('change', () => send({ type: 'reference', id: this.reference.value }));
  }

  /** @param designs those side by side, and which of them is the reference */
  show({ groups, at = OWN, atProblem = '' }: ToCompare, designs: readonly Option[], reference: string): void {
    const inputs = groups.flatMap((g) =>
      g.designs.map(({ name, ownInput: { height, width } }) => ({ name, height, width })),
    );
    const sizes = [...new Set(inputs.map(({ height, width }) => `${height}x${width}`))];
    const namesOf = (size: string): string => {
      const names = inputs.flatMap(({ name, height, width }) => (`${height}x${width}` === size ? name : []));
      return [...names.slice(0, NAMED), ...(names.length > NAMED ? ['…'] : [])].join(', ');
    };
    fill(this.size, [
      { value: OWN, text: l10n.t('each at its own') },
      ...sizes.map((size) => ({ value: size, text: `${size.replace('x', '×')} (${namesOf(size)})` })),
      { value: OTHER, text: l10n.t('another size…') },
    ]);
    const known = at === OWN || sizes.includes(at);
    const typing = document.activeElement === this.typed;
    if (!typing) {
      this.size.value = known ? at : OTHER;
      this.typed.hidden = known;
      if (!known) this.typed.value = at;
    }
    setText(this.problem, atProblem === '' ? '' : l10n.t('{0} Each is shown at its own input.', atProblem));
    setAttributes(this.typed, { 'aria-invalid': atProblem === '' ? undefined : 'true' });
    fill(this.reference, designs);
    this.reference.value = reference;
  }
}

/** Fills a list anew only where it changed: it may be open. */
function fill(list: HTMLSelectElement, options: readonly Option[]): void {
  const key = JSON.stringify(options);
  if (list.dataset['options'] === key) return;
  list.dataset['options'] = key;
  const { value } = list;
  replaceContent(list, ...options.map((option) => el('option', { value: option.value }, option.text)));
  list.value = value;
}
