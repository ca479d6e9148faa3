import { el } from './dom.ts';

/** Rows beyond the screen that are there already when one scrolls. */
const BEYOND = 12;
/** What a row is taken for as long as none stands in the page. */
const USUAL_HEIGHT = 24;

/**
 * Rows of one height, of which only those on the screen are in the page, however many there are. Above and below stand
 * empty ones, as high as all that is left out, so that the page scrolls as if everything were there.
 */
export class VirtualRows {
  readonly elements: readonly HTMLElement[];
  private readonly body = el('tbody');
  private readonly above = spacer();
  private readonly below = spacer();
  private readonly make: (index: number) => HTMLElement;
  private count = 0;
  private height = USUAL_HEIGHT;
  private shown: { readonly first: number; readonly last: number } | undefined;

  constructor(make: (index: number) => HTMLElement) {
    this.make = make;
    this.elements = [this.above.body, this.body, this.below.body];
    let asked = false;
    const soon = (): void => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        this.render();
      });
    };
    window.addEventListener('scroll', soon, { passive: true });
    window.addEventListener('resize', soon);
  }

  /** Rows that the window has room for, less one that is seen on both pages. */
  get page(): number {
    return Math.max(1, Math.floor((window.innerHeight - this.headHeight()) / this.height) - 1);
  }

  /** Draws anew: the rows are others, or there are more or fewer of them. */
  show(count: number): void {
    this.count = count;
    this.shown = undefined;
    this.render();
    const measured = this.body.firstElementChild?.getBoundingClientRect().height ?? 0;
    if (measured === 0 || measured === this.height) return;
    this.height = measured;
    this.shown = undefined;
    this.render();
  }

  /** Scrolls as little as it takes until a row can be seen. */
  reveal(index: number): void {
    const top = this.top() + index * this.height;
    const head = this.headHeight();
    if (top < head) window.scrollBy(0, top - head);
    else if (top + this.height > window.innerHeight) window.scrollBy(0, top + this.height - window.innerHeight);
    this.render();
  }

  /** Of the first row, from the window's upper edge. The head itself stays where it is: its cells do not. */
  private top(): number {
    return this.head()?.getBoundingClientRect().bottom ?? 0;
  }

  private headHeight(): number {
    return this.head()?.getBoundingClientRect().height ?? 0;
  }

  private head(): HTMLElement | null | undefined {
    return this.body.parentElement?.querySelector('thead');
  }

  private render(): void {
    const from = -this.top() / this.height;
    const first = clamp(Math.floor(from) - BEYOND, 0, this.count);
    const last = clamp(Math.ceil(from + window.innerHeight / this.height) + BEYOND, first, this.count);
    if (this.shown?.first === first && this.shown.last === last) return;
    this.shown = { first, last };
    this.body.replaceChildren(...Array.from({ length: last - first }, (_, i) => this.make(first + i)));
    this.above.set(first * this.height);
    this.below.set((this.count - last) * this.height);
  }
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

function spacer(): { readonly body: HTMLElement; readonly set: (height: number) => void } {
  const cell = el('td');
  const body = el('tbody', { class: 'spacer', 'aria-hidden': 'true' }, el('tr', {}, cell));
  return {
    body,
    set: (height) => {
      // An empty row has borders even so.
      body.hidden = height === 0;
      cell.style.height = `${height}px`;
    },
  };
}
