import { type Cell, convAt, type GraphNode, type PlacedConv, type Ref } from '../graph/cell.ts';

/** What a signal meets on the scored path, where that is one line. */
export type Step =
  | { readonly kind: 'conv'; readonly conv: PlacedConv }
  | { readonly kind: 'maxpool'; readonly kernel: number; readonly stride: number }
  | { readonly kind: 'upsample'; readonly height: number; readonly width: number }
  | { readonly kind: 'activation' };

/** Operators that change nothing of what is scored: it is what stands before them that is looked at. */
const SILENT: ReadonlySet<string> = new Set(['batchnorm', 'groupnorm', 'shuffle', 'scale']);

/**
 * What a node hands on when it is scored: shortcuts, squeeze-and-excitation and norms are removed (docs/method.md 2), so
 * that a residual sum is its main path, and a scaling what it scales.
 */
export function scoredReads({ operator, reads }: GraphNode): readonly Ref[] {
  const first = reads.slice(0, 1);
  if (operator.op === 'sum') return operator.residual ? first : reads;
  return operator.op === 'concat' ? reads : first;
}

export const isSilent = ({ operator }: GraphNode): boolean =>
  SILENT.has(operator.op) || operator.op === 'product' || (operator.op === 'sum' && operator.residual);

/** The tensors of a cell that some of its tensors are scored by, these included. */
export function scoredTensors({ nodes }: Cell, ends: readonly Ref[]): ReadonlySet<Ref> {
  const scored = new Set<Ref>(ends);
  for (let n = nodes.length - 1; n >= 0; n--) {
    const node = nodes[n];
    if (node !== undefined && scored.has(n)) for (const ref of scoredReads(node)) scored.add(ref);
  }
  return scored;
}

const paths = new WeakMap<Cell, readonly Step[] | null>();

/**
 * The steps of a cell's scored path from its input to its output; undefined where it branches: those signals are
 * followed through maps (moment.ts).
 */
export function scoredPath(cell: Cell): readonly Step[] | undefined {
  const found = paths.get(cell) ?? walk(cell) ?? null;
  paths.set(cell, found);
  return found ?? undefined;
}

function walk(cell: Cell): readonly Step[] | undefined {
  if (cell.inputs.length !== 1) return undefined;
  const steps: Step[] = [];
  let ref = cell.output;
  while (ref >= 0) {
    const node = cell.nodes[ref];
    if (node === undefined) return undefined;
    const reads = scoredReads(node);
    const [next] = reads;
    if (next === undefined || reads.length > 1) return undefined;
    if (!isSilent(node)) {
      const step = stepOf(cell, node);
      if (step === undefined) return undefined;
      steps.push(step);
    }
    ref = next;
  }
  return steps.reverse();
}

/** Undefined for what halves or joins channels, and for what no closed form is known of. */
function stepOf(cell: Cell, node: GraphNode): Step | undefined {
  const { operator } = node;
  switch (operator.op) {
    case 'conv': {
      const conv = convAt(cell, node);
      return conv === undefined ? undefined : { kind: 'conv', conv };
    }
    case 'maxpool':
      return { kind: 'maxpool', kernel: operator.kernel, stride: operator.stride };
    case 'upsample':
      return { kind: 'upsample', height: operator.height, width: operator.width };
    case 'activation':
      return { kind: 'activation' };
    default:
      return undefined;
  }
}

/** The convolutions of a cell that are scored. */
export function scoredConvs(cell: Cell): readonly PlacedConv[] {
  const path = scoredPath(cell);
  if (path !== undefined) return path.flatMap((step) => (step.kind === 'conv' ? [step.conv] : []));
  const scored = scoredTensors(cell, [cell.output]);
  return cell.nodes.flatMap((node, n) => (scored.has(n) ? (convAt(cell, node) ?? []) : []));
}
