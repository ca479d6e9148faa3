import { drawBackbone } from '../../drawing/draw.ts';
import type { PictureBackbone } from '../../server/src/server/protocol.ts';
import { el } from './dom.ts';
import { svgElement } from './svg.ts';

/** A backbone drawn as wide as its place, and drawn anew when that gets wider or narrower. */
export class FittedDrawing {
  readonly element: HTMLElement;
  private readonly pressable: boolean;
  private readonly drawn: () => void;
  private backbone: PictureBackbone | undefined;
  private factor = 1;
  private width = 0;
  /** As it was drawn, before any zoom. */
  private size = { width: 0, height: 0 };

  /** @param drawn the drawing is another one now */
  constructor(attributes: Readonly<Record<string, string>>, pressable: boolean, drawn: () => void = () => undefined) {
    this.element = el('div', { class: 'scrolls', ...attributes });
    this.pressable = pressable;
    this.drawn = drawn;
    // The element is as wide as its place whatever stands in it, so that drawing cannot change what is measured.
    new ResizeObserver(() => {
      if (this.element.clientWidth !== this.width) this.draw(this.element.clientWidth);
    }).observe(this.element);
  }

  /** @param width of the place, where the element does not stand in it yet */
  show(backbone: PictureBackbone | undefined, width = this.element.clientWidth): void {
    this.backbone = backbone;
    this.draw(width);
  }

  /** How many times as large as what fits; what does not fit then is scrolled to. */
  zoom(factor: number): void {
    this.factor = factor;
    const svg = this.element.querySelector('svg');
    if (svg === null) return;
    const { width, height } = this.size;
    svg.setAttribute('width', String(width * factor));
    svg.setAttribute('height', String(height * factor));
  }

  private draw(width: number): void {
    this.width = width;
    const focused = this.element.contains(document.activeElement) ? document.activeElement?.id : undefined;
    const { backbone, pressable } = this;
    const svg = backbone === undefined || width === 0 ? [] : [svgElement(drawBackbone(backbone, { width, pressable }))];
    const [drawn] = svg;
    if (drawn !== undefined)
      this.size = { width: Number(drawn.getAttribute('width')), height: Number(drawn.getAttribute('height')) };
    this.element.replaceChildren(...svg);
    this.zoom(this.factor);
    this.drawn();
    // Not while the person types in the editor: the keyboard would be taken from it.
    if (focused && document.hasFocus()) document.getElementById(focused)?.focus();
  }
}
