import { shapeText } from '../../../common/numbers.ts';
import type { Design } from './designs.ts';
import { html, type Markup, type Piece } from './html.ts';
import { cost, inNats, left, right, section, tableBox } from './parts.ts';

const COSTS = ['macs', 'params', 'memory'] as const;

/** All designs on one screen: what a reader compares first, each with the way to its section. */
export function overview(designs: readonly Design[], several: boolean): Markup {
  const rows = designs.map((design): Piece[] => {
    const { analysis, kind, id, name, path } = design;
    const backbone = kind === 'backbone' ? analysis : analysis.backbone;
    return [
      html`<a href="#${id}">${name}</a>`,
      ...(several ? [path] : []),
      kind,
      shapeText(backbone.backbone.input),
      inNats(backbone.score.fanIn),
      ...COSTS.map((each) => cost(analysis.costs, each)),
      kind === 'backbone' ? cost(analysis.costs, 'layers') : '–',
    ];
  });
  const columns = [
    left('design'),
    ...(several ? [left('file')] : []),
    left('kind'),
    right('input'),
    right('Z fan-in'),
    ...COSTS.map(right),
    right('layers'),
  ];
  return section('overview', 'Overview', tableBox('All designs', columns, rows));
}
