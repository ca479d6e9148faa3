import { el } from './dom.ts';

/** A bar behind a number that is read beside it: as long as the share of its place. */
export function bar(share: number, kind: 'macs' | 'params'): HTMLElement {
  const inner = el('span', { class: kind });
  // The policy of the page allows no style in attributes.
  inner.style.width = `${Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10}%`;
  return el('span', { class: 'share', 'aria-hidden': 'true' }, inner);
}
