import type { PictureBackbone } from '../server/src/server/protocol.ts';
import { DARK, LIGHT } from './colours.ts';
import { drawBackbone } from './draw.ts';
import { svgText } from './shape.ts';

/** No theme reaches a picture that stands alone, but light and dark do. */
const STYLE = `
svg { background: #ffffff; }${LIGHT}
@media (prefers-color-scheme: dark) {
  svg { background: #1f1f1f; }${DARK}
}`;

/** One backbone as the text of an SVG file, as a paper or a web page takes it. */
export function exportedSvg(backbone: PictureBackbone): string {
  const drawing = svgText(drawBackbone(backbone));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${drawing.replace('<title>', `<style>${STYLE}</style><title>`)}\n`;
}
