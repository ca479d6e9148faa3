/** Small pieces to build a page with. Everything is text or an element: nothing here reads HTML from a string. */

type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | boolean | undefined>>;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : value);
  }
}

/** Writes a text only where it changed, so that a reader is not disturbed five times a second. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Replaces what an element holds; the keyboard stays on the control with the same id. */
export function replaceContent(parent: Element, ...children: readonly Child[]): void {
  const focused = parent.contains(document.activeElement) ? document.activeElement?.id : undefined;
  parent.replaceChildren(...children.filter((child) => child !== undefined));
  if (focused) document.getElementById(focused)?.focus();
}

/** A button. One that cannot be used now keeps the keyboard: it says so instead of vanishing from the order. */
export function button(id: string, label: string, press: () => void, name?: string): HTMLButtonElement {
  const element = el('button', { type: 'button', id, 'aria-label': name }, label);
  element.addEventListener('click', () => {
    if (element.getAttribute('aria-disabled') !== 'true') press();
  });
  return element;
}

export function setEnabled(element: Element, enabled: boolean): void {
  setAttributes(element, { 'aria-disabled': enabled ? undefined : 'true' });
}

/** A table with its caption; the first cell of each row names it. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly Child[])[]): HTMLTableElement {
  const header = el('tr', {}, ...head.map((text) => (text === '' ? el('td') : el('th', { scope: 'col' }, text))));
  const body = rows.map(([first, ...rest]) =>
    el('tr', {}, el('th', { scope: 'row' }, first), ...rest.map((cell) => el('td', {}, cell))),
  );
  return el('table', {}, el('caption', {}, caption), el('thead', {}, header), el('tbody', {}, ...body));
}
