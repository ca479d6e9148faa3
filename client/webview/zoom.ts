import * as l10n from '@vscode/l10n';
import { percent } from '../../common/numbers.ts';
import { button, el, setEnabled, setText } from './dom.ts';

const STEP = 1.25;
const LEAST = 0.5;
const MOST = 4;
/** Of the wheel with Ctrl, which is also what a pinch on a touchpad becomes. */
const PER_PIXEL = 0.002;
const LINE = 30;

/** Buttons, keys and the wheel that make what is drawn larger and smaller; 1 is what fits. */
export class Zoom {
  readonly element: HTMLElement;
  private readonly changed: (factor: number) => void;
  private readonly shown = el('output', { id: 'zoom' }, '100 %');
  private readonly out = control('zoom-out', '−', '-', l10n.t('Zoom out'), () => this.set(this.factor / STEP));
  private readonly in = control('zoom-in', '+', '+', l10n.t('Zoom in'), () => this.set(this.factor * STEP));
  private readonly fit = control('zoom-fit', l10n.t('Fit'), '0', l10n.t('Fit to the width'), () => this.set(1));
  factor = 1;

  constructor(area: HTMLElement, changed: (factor: number) => void) {
    this.changed = changed;
    this.element = el('div', { class: 'buttons zoom', role: 'group', 'aria-label': l10n.t('Zoom') });
    this.element.append(this.out, this.in, this.fit, this.shown);
    document.addEventListener('keydown', (event) => this.key(event));
    area.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    this.show();
  }

  private set(factor: number): void {
    this.factor = Math.min(MOST, Math.max(LEAST, factor));
    this.show();
    this.changed(this.factor);
  }

  private show(): void {
    setText(this.shown, percent(this.factor));
    setEnabled(this.out, this.factor > LEAST);
    setEnabled(this.in, this.factor < MOST);
    setEnabled(this.fit, this.factor !== 1);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pressed = { '+': this.in, '=': this.in, '-': this.out, '0': this.fit }[event.key];
    if (pressed === undefined) return;
    event.preventDefault();
    pressed.click();
  }

  /** What is under the pointer stays there. */
  private wheel(event: WheelEvent): void {
    const svg = event.target instanceof Element ? event.target.closest('svg') : null;
    if (!event.ctrlKey || svg === null) return;
    event.preventDefault();
    const before = svg.getBoundingClientRect();
    const [x, y] = [event.clientX - before.left, event.clientY - before.top];
    this.set(this.factor * Math.exp(-event.deltaY * (event.deltaMode === 0 ? 1 : LINE) * PER_PIXEL));
    const after = svg.getBoundingClientRect();
    svg.parentElement?.scrollBy(x * (after.width / before.width) - x + after.left - before.left, 0);
    window.scrollBy(0, y * (after.height / before.height) - y + after.top - before.top);
  }
}

function control(id: string, label: string, key: string, name: string, press: () => void): HTMLButtonElement {
  const element = button(id, label, press, name);
  element.classList.add('secondary');
  element.title = l10n.t('{0} (key {1})', name, key);
  return element;
}
