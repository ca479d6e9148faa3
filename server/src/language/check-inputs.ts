import type { ImageSize } from '../backbone/backbone.ts';
import { sideAfter } from '../graph/shapes.ts';
import type { GraphShapes } from './graph-shapes.ts';
import type { GraphLines } from './graph-source.ts';

/** Up-sampling doubles a size that was rounded up: what is too much is cut off. What to say of it; undefined where nothing is. */
export function cutMessage(graph: GraphLines, shapes: GraphShapes, input: ImageSize): string | undefined {
  let coarsest = 0;
  let cut: { readonly name: string; readonly by: number; readonly axis: string } | undefined;
  for (const [index, node] of graph.nodes.entries()) {
    const at = shapes.nodes[index]?.at;
    for (const [place, use] of node.reads.entries()) {
      const from = shapes.nodes[index]?.reads[place]?.halvings;
      if (at === undefined || from === undefined || from <= at || use.asIs) continue;
      for (const [axis, side] of [
        ['rows', input.height],
        ['columns', input.width],
      ] as const) {
        const by = sideAfter(side, from) * 2 ** (from - at) - sideAfter(side, at);
        if (by <= 0) continue;
        coarsest = Math.max(coarsest, from);
        if (cut === undefined || by > cut.by) cut = { name: `${use.name} for ${node.name}`, by, axis };
      }
    }
  }
  return cut === undefined
    ? undefined
    : `Up-sampling ${cut.name} gives ${cut.by} ${cut.axis} too many, which are cut off: with sides that ${2 ** coarsest} divides nothing is.`;
}
