/** Where a row of a group says which lines of the text it stands for. */
export const LINES = { from: 'data-from', to: 'data-to' } as const;

/**
 * Rows that a person goes through by keyboard: one of their buttons is in the order of Tab, the arrows, Home and End lead
 * to the others. A press or a click anywhere in a row goes to its line.
 */
export class RowKeys {
  private readonly parent: HTMLElement;

  constructor(parent: HTMLElement, reveal: (line: number) => void) {
    this.parent = parent;
    parent.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest(`[${LINES.from}]`) : null;
      if (row !== null) reveal(Number(row.getAttribute(LINES.from)));
    });
    parent.addEventListener('keydown', (event) => this.move(event));
    parent.addEventListener('focusin', ({ target }) => {
      if (target instanceof HTMLElement && this.buttons().includes(target)) this.enter(target);
    });
  }

  /** Marks the rows of the cursor's line, and brings the first into view. */
  mark(line: number): void {
    const rows = [...this.parent.querySelectorAll<HTMLElement>(`[${LINES.from}]`)];
    const isCurrent = (row: HTMLElement): boolean =>
      Number(row.getAttribute(LINES.from)) <= line && line <= Number(row.getAttribute(LINES.to));
    const current = rows.filter(isCurrent);
    for (const row of rows) {
      if (current.includes(row)) row.setAttribute('aria-current', 'true');
      else row.removeAttribute('aria-current');
    }
    const [first] = current;
    // The keyboard comes in where the cursor is, unless it is in already.
    const button = first?.querySelector('button') ?? this.buttons()[0];
    if (button !== undefined && !this.buttons().some((one) => one.matches(':focus'))) this.enter(button);
    // The name stays where it is when the numbers are scrolled aside.
    first?.querySelector('th')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  private move(event: KeyboardEvent): void {
    const buttons = this.buttons();
    const at = buttons.findIndex((one) => one.matches(':focus'));
    if (at < 0) return;
    const places: Readonly<Record<string, number>> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      Home: 0,
      End: buttons.length - 1,
    };
    const to = buttons[places[event.key] ?? -1];
    if (to === undefined) return;
    event.preventDefault();
    to.focus();
  }

  /** The one in the order of Tab. */
  private enter(button: HTMLElement): void {
    for (const other of this.buttons()) other.tabIndex = other === button ? 0 : -1;
  }

  private buttons(): HTMLElement[] {
    return [...this.parent.querySelectorAll<HTMLElement>(`[${LINES.from}] th button`)];
  }
}
