import type { Network, Step } from '../infer.ts';
import { ACTIVATIONS } from '../operators/elementwise.ts';
import { poolsAll } from '../places.ts';
import { activated, combined, type Form, withConstant } from './acts.ts';
import { concat, isPassing, reshape, slice, split, transpose } from './rearranging.ts';
import type { Bone } from './skeleton.ts';
import { Bones, type Value } from './values.ts';
import { averagePool, convolution, maxPool, resize } from './windows.ts';

/** Writes the steps of some operators. `reads` are those of its inputs that come of the image. */
type Writer = (bones: Bones, step: Step, reads: readonly Value[]) => void;

const WRITERS: Readonly<Record<string, Writer>> = {
  Conv: convolution,
  MaxPool: maxPool,
  AveragePool: averagePool,
  Resize: resize,
  Upsample: resize,
  Concat: concat,
  Split: split,
  Slice: slice,
  Reshape: reshape,
  Flatten: reshape,
  Squeeze: reshape,
  Unsqueeze: reshape,
  Transpose: transpose,
};

const ARITHMETIC: ReadonlySet<string> = new Set('Add Sub Mul Div Max Min Pow Sum'.split(' '));
const MEANS: ReadonlySet<string> = new Set('GlobalAveragePool ReduceMean AveragePool'.split(' '));

/** The skeleton of a model, and the node that each of its tensors is. */
export function bonesOf({ steps, sizing }: Network): Bones {
  const bones = new Bones();
  const biased = new Set<string>();
  for (const { name, shape } of sizing.inputs)
    if (shape.length === 4) bones.values.set(name, { ref: -1, form: undefined, dims: shape });
  for (const step of steps) {
    const { op, inputs } = step.node;
    const reads = inputs.flatMap((name) => bones.read(name) ?? []);
    const [first] = reads;
    if (first === undefined || op === 'Shape' || op === 'Size') continue;
    if (step.outputs[0] === undefined) bones.foreign(step, reads);
    else write(bones, step, reads, first, biased);
  }
  return bones;
}

function write(bones: Bones, step: Step, reads: readonly Value[], first: Value, biased: Set<string>): void {
  const { node } = step;
  if (MEANS.has(node.op) && poolsAll(step)) bones.add(step, { op: 'globalpool' }, [first]);
  else if (WRITERS[node.op] !== undefined) {
    WRITERS[node.op]?.(bones, step, reads);
    if (node.op === 'Conv' && (node.inputs[2] ?? '') !== '') biased.add(nameOf(step));
  } else if (node.op === 'BatchNormalization' && reads.length === 1) {
    bones.normed(first.ref, ({ name }: Bone) => first.form === undefined && biased.has(name));
    bones.pass(step, first);
  } else if (isPassing(node.op, step)) bones.pass(step, first);
  else if (ACTIVATIONS.has(node.op) && reads.length === 1)
    bones.pass(step, first, activated(node, first.form, step.inputs.slice(1).map(numberIn)));
  else if (ARITHMETIC.has(node.op)) arithmetic(bones, step, reads, first);
  else if (first.ref < 0 && node.op === 'SpaceToDepth') bones.pass(step, first);
  else bones.foreign(step, reads);
}

const nameOf = ({ node }: Step): string => (node.name === '' ? (node.outputs[0] ?? '') : node.name);

const numberIn = (tensor: Step['inputs'][number]): number | undefined => tensor?.values?.[0];

/** Sums, scalings by a gate, norms in parts, and activations in parts. */
function arithmetic(bones: Bones, step: Step, reads: readonly Value[], first: Value): void {
  const { op, inputs } = step.node;
  const [dims, others] = [step.outputs[0]?.dims ?? [], reads.filter(({ ref }) => ref !== first.ref)];
  if (reads.length < inputs.length) {
    // A scale and a shift of each channel are a norm; what differs from place to place is not.
    const constants = step.inputs.filter((_, i) => bones.read(inputs[i] ?? '') === undefined);
    const perChannel = constants.every((tensor) => tensor !== undefined && isPerChannel(tensor.dims, dims.length));
    if (others.length > 0 || !perChannel) bones.foreign(step, reads);
    else bones.pass(step, first, withConstant(op, first.form, scalarOf(constants)));
  } else if (others.length === 0) {
    const forms = reads.map(({ form }): Form => form);
    bones.pass(step, first, combined(op, forms));
  } else if ((op === 'Add' || op === 'Sum') && reads.every((value) => sameDims(value.dims, dims)))
    bones.add(step, { op: 'sum', residual: false }, reads);
  else if (op === 'Mul' && reads.length === 2) {
    const [map, gate] = first.dims[2] === 1 && first.dims[3] === 1 ? [reads[1], first] : [first, reads[1]];
    const isGate = map !== undefined && gate !== undefined && gate.dims.length === 4;
    if (isGate && gate.dims[1] === map.dims[1] && gate.dims[2] === 1 && gate.dims[3] === 1 && sameDims(map.dims, dims))
      bones.add(step, { op: 'product' }, [map, gate]);
    else bones.foreign(step, reads);
  } else bones.foreign(step, reads);
}

const scalarOf = ([first, ...others]: Step['inputs']): number | undefined =>
  others.length === 0 && first?.values?.length === 1 ? first.values[0] : undefined;

/** Whether a tensor that is spread over maps has one number for each channel, or one for all. */
function isPerChannel(dims: readonly number[], rank: number): boolean {
  const places = dims.map((size, i) => ({ size, axis: i - dims.length + rank }));
  return rank !== 4 || places.every(({ size, axis }) => size === 1 || axis === 1);
}

const sameDims = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, i) => size === b[i]);
