import { el } from './dom.ts';

/** A search changes five times a second; nobody listens that fast. */
const PAUSE_MS = 10_000;

/** Says things aloud for who uses a screen reader: what was done at once, progress now and then. */
export class Announcer {
  readonly element = el('div', { class: 'hidden-text', role: 'status', 'aria-live': 'polite' });
  private last = 0;

  say(text: string): void {
    this.last = performance.now();
    this.element.textContent = text;
  }

  /** Said only when nothing was said for a while. */
  progress(text: () => string): void {
    if (performance.now() - this.last >= PAUSE_MS) this.say(text());
  }
}
