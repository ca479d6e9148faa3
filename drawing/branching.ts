import { Graph, layout } from '@dagrejs/dagre';
import * as l10n from '@vscode/l10n';
import { percent, signed } from '../common/numbers.ts';
import type { PictureBackbone, PictureGroup } from '../server/src/server/protocol.ts';
import { barClass, blocksOf, drawing, groupButton, kindOf, type Most, mostOf, text, wordsOf } from './parts.ts';
import { fitted, fitting, round, rowWidth } from './scale.ts';
import { type Shape, shape } from './shape.ts';

/** Pixels of a node, of its drawing within, and of the bars below that. */
const WIDTH = 172;
const HEIGHT = 96;
const PAD = 8;
const TALLEST = 28;
const BAR = 56;
/** Between two nodes, and between two rows of them. */
const APART = 26;
const BETWEEN_ROWS = 34;
const HEAD = 34;
const ARROW = 4;

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * A backbone whose nodes branch, laid out by dagre from top to bottom: each node with its blocks to scale, its bars of cost
 * and entropy, and an arrow from each node that it reads.
 */
export function drawBranching(backbone: PictureBackbone, wanted: number, pressable: boolean): Shape {
  const { groups, costName } = backbone;
  const graph = placed(backbone);
  const { width = WIDTH, height = HEIGHT } = graph.graph() as { width?: number; height?: number };
  const most = mostOf(backbone);
  const fit = fitting((tried) => groups.every((g) => rowWidth(g.depth, g.channels, tried) <= WIDTH - 2 * PAD));
  const inside = [
    text(PAD, 12, l10n.t('share of {0}', costName), 'axis'),
    text(PAD, 26, l10n.t('entropy added'), 'axis'),
    ...graph.edges().map((edge) => arrow((graph.edge(edge) as { points: Point[] }).points)),
    ...groups.map((group, index) =>
      drawNode(backbone, group, index, graph.node(String(index)) as Point, fit, most, pressable),
    ),
  ];
  const whole = drawing(backbone, width, height + HEAD, pressable, inside);
  // As a whole first: whoever wants to read it in a narrow view zooms.
  const scale = Math.min(1, wanted / width);
  const size = { width: round(width * scale), height: round((height + HEAD) * scale) };
  return { ...whole, attributes: { ...whole.attributes, ...size } };
}

/** Where dagre puts the nodes and the bends of the edges. */
function placed({ groups }: PictureBackbone): Graph {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: APART, ranksep: BETWEEN_ROWS, marginx: PAD, marginy: PAD });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const index of groups.keys()) graph.setNode(String(index), { width: WIDTH, height: HEIGHT });
  for (const [index, { reads }] of groups.entries())
    for (const read of reads) if (read >= 0) graph.setEdge(String(read), String(index));
  layout(graph);
  return graph;
}

function arrow(points: readonly Point[]): Shape {
  const moved = points.map(({ x, y }) => ({ x, y: y + HEAD }));
  const { x, y } = moved[moved.length - 1] ?? { x: 0, y: 0 };
  const pairs = (all: readonly Point[]): string => all.map((point) => `${round(point.x)},${round(point.y)}`).join(' ');
  const head = [
    { x, y },
    { x: x - ARROW, y: y - 2 * ARROW },
    { x: x + ARROW, y: y - 2 * ARROW },
  ];
  return shape(
    'g',
    { class: 'edge', 'aria-hidden': 'true' },
    shape('polyline', { points: pairs(moved) }),
    shape('polygon', { points: pairs(head) }),
  );
}

function drawNode(
  backbone: PictureBackbone,
  group: PictureGroup,
  index: number,
  centre: Point,
  fit: number,
  most: Most,
  pressable: boolean,
): Shape {
  const { input, stages } = backbone;
  const [left, top] = [centre.x - WIDTH / 2, centre.y - HEIGHT / 2 + HEAD];
  const x = left + PAD;
  const room = WIDTH - 2 * PAD;
  const bar = (kind: 'cost' | 'gain', y: number, ratio: number): Shape =>
    shape('rect', {
      class: barClass(kind, ratio),
      x: round(x),
      y: round(y),
      width: round(BAR * Math.abs(ratio)),
      height: 8,
    });
  const [cost, gain] = [group.costShare / most.share, (group.gain ?? 0) / most.gain];
  const named = stages.find((stage) => stage.last === index)?.name;
  const button = groupButton(
    group,
    backbone,
    pressable,
    shape('rect', { class: 'node', x: round(left), y: round(top), width: WIDTH, height: HEIGHT, rx: 4 }),
    shape('rect', { class: 'hit', x: round(left), y: round(top), width: WIDTH, height: HEIGHT, rx: 4 }),
    ...blocksOf(group, { x, base: top + 22 + TALLEST, room: TALLEST, input: input.height, fit }),
    bar('cost', top + 70, cost),
    bar('gain', top + 82, gain),
  );
  const name = named === undefined ? group.place : `${group.place} → ${named}`;
  const words = wordsOf(
    text(x, top + 15, fitted(name, room * 0.8), 'name'),
    text(x, top + 63, fitted(`${group.channels} ×${group.depth} · ${kindOf(group)}`, room)),
    text(x + BAR + 6, top + 78, percent(group.costShare)),
    ...(group.gain === undefined ? [] : [text(x + BAR + 6, top + 90, signed(group.gain))]),
  );
  return shape('g', {}, button, words);
}
