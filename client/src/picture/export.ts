import type { PictureBackbone } from '../../../server/src/server/protocol.ts';
import { drawBackbone } from './draw.ts';
import { svgText } from './shape.ts';

/** Colours of a picture that stands alone: no theme reaches it, but light and dark do. */
const STYLE = `
svg { background: #ffffff; font: 11px sans-serif; }
text { fill: #1f1f1f; } .name { font-size: 14px; font-weight: 600; }
.hit { fill: none; } .brace, .node { stroke: #6e6e6e; } .node { fill: none; }
.edge polyline { fill: none; stroke: #6e6e6e; } .edge polygon { fill: #6e6e6e; }
.block { fill: #2f6fb3; } .conv { fill: #6e6e6e; } .maxpool { fill: #b3b3b3; }
.neck { fill: #7a4fa3; } .head { fill: #c2691c; }
.cost { fill: #b3541e; } .gain { fill: #2a7a46; } .loss { fill: #a1260d; }
@media (prefers-color-scheme: dark) {
  svg { background: #1f1f1f; } text { fill: #e6e6e6; }
  .block { fill: #5ea2e8; } .conv { fill: #a0a0a0; } .maxpool { fill: #707070; }
  .neck { fill: #b48ade; } .head { fill: #e39a5a; }
  .cost { fill: #e08a55; } .gain { fill: #5fc183; } .loss { fill: #f48771; }
}`;

/** One backbone as the text of an SVG file, as a paper or a web page takes it. */
export function exportedSvg(backbone: PictureBackbone): string {
  const drawing = svgText(drawBackbone(backbone));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${drawing.replace('<title>', `<style>${STYLE}</style><title>`)}\n`;
}
