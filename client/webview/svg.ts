import type { Shape } from '../../drawing/shape.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing as elements of the page. */
export function svgElement({ tag, attributes, children }: Shape): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name !== 'xmlns') made.setAttribute(name, String(value));
  }
  made.append(...children.map((child) => (typeof child === 'string' ? child : svgElement(child))));
  return made;
}
