import type { Cell, Ref } from '../graph/cell.ts';
import { CellBuilder } from '../graph/cell-builder.ts';
import { type Shape, sideAfter } from '../graph/shapes.ts';
import type { Group, Wire } from './backbone.ts';
import { blockOf } from './blocks.ts';

/** SpineNet's code calls the pools and the ReLU of a resampling as functions: mmdetection's published counts leave them out. */
const CALLED = { functional: true } as const;

/**
 * Brings together what a node reads: a sum or a concatenation of tensors as they are, or SpineNet's resampling to the
 * resolution of `at` (docs/method.md 9).
 *
 * @param read the shapes of what it reads, in the order of its wire
 */
export function mergeOf(wire: Wire, read: readonly Shape[], g: Group, groups: readonly Group[], image: Shape): Cell {
  const cell = new CellBuilder(...read);
  const refs = read.map((_, i) => cell.input(i));
  if (wire.join === 'concat') return cell.build(cell.add({ op: 'concat' }, refs));
  if (wire.at === undefined) return cell.build(cell.add({ op: 'sum', residual: false }, refs));
  const target = halved(image, wire.at);
  // Blocks behind a resampling read as many channels as they give.
  const out = g.out > 0 ? g.out : cell.channels(refs[0] ?? cell.input());
  const resampled = wire.reads.map((source, i) => {
    const x = refs[i] ?? cell.input();
    const parent = groups[source.group];
    return source.asIs ? x : resample(cell, x, baseWidth(parent, cell.channels(x)), target, out);
  });
  const [only] = resampled;
  const sum = resampled.length === 1 && only !== undefined ? only : cell.add({ op: 'sum', residual: false }, resampled);
  return cell.build(cell.add({ op: 'activation', kind: 'relu' }, [sum], 'main', CALLED));
}

const halved = ({ height, width }: Shape, halvings: number): Omit<Shape, 'channels'> => ({
  height: sideAfter(height, halvings),
  width: sideAfter(width, halvings),
  halvings,
});

/** What SpineNet calls the width of a block: of a bottleneck that of its inside. */
function baseWidth(parent: Group | undefined, channels: number): number {
  return parent === undefined ? channels : (blockOf(parent).baseWidth?.(parent) ?? channels);
}

/** 1×1 to half the base width; 3×3 stride 2 and max-pools where it is finer, nearest where it is coarser; 1×1 to `out`. */
function resample(cell: CellBuilder, x: Ref, base: number, target: Omit<Shape, 'channels'>, out: number): Ref {
  const half = Math.max(1, Math.floor(base / 2));
  const steps = target.halvings - cell.shape(x).halvings;
  let y = cell.conv(x, { out: half, kernel: 1, act: 'relu' });
  if (steps > 0) y = cell.conv(y, { out: half, kernel: 3, stride: 2, act: 'relu' });
  for (let i = 1; i < steps; i++) y = cell.add({ op: 'maxpool', kernel: 3, stride: 2 }, [y], 'main', CALLED);
  if (steps < 0) y = cell.add({ op: 'upsample', ...target }, [y]);
  return cell.conv(y, { out, kernel: 1 });
}
