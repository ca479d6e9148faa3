import { type Cell, type GraphNode, outputShape } from './cell.ts';
import { elements } from './shapes.ts';

/** Operators that write over what they read first, or only look at a part of it. */
const IN_PLACE: ReadonlySet<string> = new Set(['batchnorm', 'groupnorm', 'activation', 'product', 'sum', 'split']);

const NOTHING_KEPT: readonly boolean[] = [];

/**
 * Elements that are alive while each node of a cell runs, in inference: what it reads, what it writes, and whatever a
 * later node still reads. Norms, activations, sums and scalings work in place where nobody else needs what they read.
 *
 * @param keeps for each input of the cell whether somebody reads it after the cell
 */
export function aliveElements(cell: Cell, keeps: readonly boolean[] = NOTHING_KEPT): number[] {
  const { inputs, nodes, output } = cell;
  const shift = inputs.length;
  /** For every tensor, inputs first, the one whose memory it is in. */
  const home = Array.from({ length: shift + nodes.length }, (_, i) => i);
  const at = (ref: number): number => (ref < 0 ? -1 - ref : shift + ref);
  const size = [...inputs.map(elements), ...nodes.map(({ shape }) => elements(shape))];
  const readAt = lastReads(cell, at);
  nodes.forEach((node, n) => {
    const first = at(node.reads[0] ?? -1);
    if (isInPlace(node) && (first >= shift || node.operator.op === 'split') && (readAt[first] ?? n) <= n)
      home[shift + n] = home[first] ?? first;
  });
  const until = new Array<number>(home.length).fill(-1);
  home.forEach((place, tensor) => {
    until[place] = Math.max(until[place] ?? -1, readAt[tensor] ?? -1);
  });
  keeps.forEach((kept, i) => {
    if (kept) until[i] = Number.POSITIVE_INFINITY;
  });
  until[home[at(output)] ?? 0] = Number.POSITIVE_INFINITY;
  return nodes.map((_, n) => {
    let alive = 0;
    for (let tensor = 0; tensor <= shift + n; tensor++)
      if (home[tensor] === tensor && ((until[tensor] ?? -1) >= n || tensor === shift + n)) alive += size[tensor] ?? 0;
    return alive;
  });
}

const isInPlace = ({ operator }: GraphNode): boolean => IN_PLACE.has(operator.op);

/** The last node that reads each tensor; −1 where none does. */
function lastReads({ inputs, nodes }: Cell, at: (ref: number) => number): number[] {
  const last = new Array<number>(inputs.length + nodes.length).fill(-1);
  nodes.forEach(({ reads }, n) => {
    for (const ref of reads) last[at(ref)] = n;
  });
  return last;
}

/** The most elements that are alive at once in a cell. A cell without nodes only hands on what it reads. */
export const peakElements = (cell: Cell, keeps?: readonly boolean[]): number =>
  Math.max(elements(outputShape(cell)), ...aliveElements(cell, keeps));
