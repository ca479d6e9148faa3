/** A drawing as data: the page makes elements of it, and the export makes text of it. */
export interface Shape {
  readonly tag: 'svg' | 'g' | 'rect' | 'text' | 'line' | 'polyline' | 'polygon' | 'circle' | 'title';
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (Shape | string)[];
}

export const shape = (
  tag: Shape['tag'],
  attributes: Shape['attributes'],
  ...children: readonly (Shape | string | undefined)[]
): Shape => ({ tag, attributes, children: children.filter((child) => child !== undefined) });

/** The drawing as the text of an SVG file. */
export function svgText({ tag, attributes, children }: Shape): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  const inside = children.map((child) => (typeof child === 'string' ? escaped(child) : svgText(child)));
  return `<${tag}${written.join('')}>${inside.join('')}</${tag}>`;
}

/** Any text as it stands in markup, between tags or in quotes. */
export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
