import type { Step } from '../infer.ts';
import { product } from '../model.ts';
import { type Bones, dimsOf, type Value } from './values.ts';

const PASSING: ReadonlySet<string> = new Set('Identity Dropout Cast CastLike'.split(' '));

/** Whether a step hands on what it reads; padding is a matter of the window behind it. */
export const isPassing = (op: string, { inputs: [x], outputs: [y] }: Step): boolean =>
  PASSING.has(op) || (op === 'Pad' && x?.dims[1] === y?.dims[1] && x?.dims.length === 4);

export function concat(bones: Bones, step: Step, reads: readonly Value[]): void {
  const { inputs, attributes } = step.node;
  const axis = attributes.get('axis')?.int ?? 1;
  const [first] = reads;
  const isWhole = reads.length === inputs.length && dimsOf(step.outputs[0]).length === 4;
  if (first !== undefined && reads.every(({ ref }) => ref < 0)) bones.pass(step, first);
  else if (first !== undefined && isWhole && (axis === 1 || axis === -3))
    if (reads.length === 1) bones.pass(step, first);
    else bones.add(step, { op: 'concat' }, reads);
  else bones.foreign(step, reads);
}

export function split(bones: Bones, step: Step, reads: readonly Value[]): void {
  const [x] = reads;
  const axis = step.node.attributes.get('axis')?.int ?? 0;
  if (x === undefined || reads.length !== 1 || (axis !== 1 && axis !== -3) || x.dims.length !== 4) {
    bones.foreign(step, reads);
    return;
  }
  let from = 0;
  for (const [index, output] of step.outputs.entries()) {
    const to = from + (output?.dims[1] ?? 0);
    bones.add(step, { op: 'split', from, to }, [x], index);
    from = to;
  }
}

/** Channels from one number up to another; a part of the image is still the image, as of networks that cut it up. */
export function slice(bones: Bones, step: Step, reads: readonly Value[]): void {
  const [x] = reads;
  const dims = dimsOf(step.outputs[0]);
  if (x === undefined || reads.length !== 1) bones.foreign(step, reads);
  else if (x.ref < 0) bones.pass(step, x);
  else if (x.dims.length === 4 && dims.every((size, axis) => size === x.dims[axis])) bones.pass(step, x);
  else {
    const starts = step.node.attributes.get('starts')?.ints ?? step.inputs[1]?.values ?? [];
    const steps = step.inputs[4]?.values ?? [1];
    const [start] = starts;
    const [channels = 0, wide = 0] = [dims[1], x.dims[1]];
    const isOnly = starts.length === 1 && steps.every((one) => one === 1) && dims.length === 4;
    const keeps = dims.every((size, axis) => axis === 1 || size === x.dims[axis]);
    if (!isOnly || !keeps || start === undefined) bones.foreign(step, reads);
    else {
      const from = Math.min(Math.max(0, start < 0 ? start + wide : start), wide);
      bones.add(step, { op: 'split', from, to: from + channels }, [x]);
    }
  }
}

/** The ways around a shuffle, and around layers behind a global pool; anything else is no matter of maps. */
export function reshape(bones: Bones, step: Step, reads: readonly Value[]): void {
  const [x] = reads;
  const dims = dimsOf(step.outputs[0]);
  if (x === undefined || reads.length !== 1) {
    bones.foreign(step, reads);
    return;
  }
  const [batch, channels = 0, height, width] = x.dims;
  const { parts } = x;
  const [count = 0, each = 0] = dims.slice(1);
  if (sameDims(dims, x.dims) || x.ref < 0) bones.pass(step, x);
  else if (
    x.dims.length === 4 &&
    sameDims(dims, [batch, count, channels / count, height, width]) &&
    count * each === channels
  )
    bones.set(step, { ref: x.ref, form: x.form, dims, parts: { count, turned: false } });
  else if (parts?.turned === true && dims.length === 4 && sameDims(dims.slice(2), x.dims.slice(3)))
    bones.add(step, { op: 'shuffle', parts: parts.count }, [x]);
  else if (isPoint(x.dims) && product(dims) === product(x.dims)) bones.pass(step, x);
  else bones.foreign(step, reads);
}

export function transpose(bones: Bones, step: Step, reads: readonly Value[]): void {
  const [x] = reads;
  const order = step.node.attributes.get('perm')?.ints ?? [];
  const turns = x?.parts?.turned === false && sameDims(order, [0, 2, 1, 3, 4]);
  if (x === undefined || reads.length !== 1) bones.foreign(step, reads);
  else if (x.ref < 0) bones.pass(step, x);
  else if (turns)
    bones.set(step, { ...x, dims: dimsOf(step.outputs[0]), parts: { count: x.parts?.count ?? 1, turned: true } });
  else bones.foreign(step, reads);
}

const isPoint = (dims: readonly number[]): boolean => dims.length === 2 || dims.slice(2).every((size) => size === 1);

const sameDims = (a: readonly (number | undefined)[], b: readonly (number | undefined)[]): boolean =>
  a.length === b.length && a.every((size, i) => size === b[i]);
