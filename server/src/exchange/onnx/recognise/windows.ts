import type { Step } from '../infer.ts';
import type { Bones, Value } from './values.ts';

/** The one number of a square window; undefined where its sides differ. */
function square(sides: readonly number[] | undefined, otherwise: number): number | undefined {
  const [first = otherwise] = sides ?? [];
  return (sides ?? []).every((side) => side === first) ? first : undefined;
}

const listOf = ({ node }: Step, name: string): readonly number[] | undefined => node.attributes.get(name)?.ints;

export function convolution(bones: Bones, step: Step, reads: readonly Value[]): void {
  const [x] = reads;
  const sides = step.inputs[1]?.dims.slice(2);
  const [kernel, stride] = [square(sides, 1), square(listOf(step, 'strides'), 1)];
  const dilation = square(listOf(step, 'dilations'), 1);
  const out = step.outputs[0]?.dims[1];
  const isPlain = reads.length === 1 && sides?.length === 2 && bones.read(step.node.inputs[1] ?? '') === undefined;
  if (x === undefined || !isPlain || out === undefined || kernel === undefined || stride === undefined)
    bones.foreign(step, reads, `Conv ${(sides ?? []).join('×')}`);
  else if (dilation === undefined) bones.foreign(step, reads, 'Conv with two dilations');
  else {
    const groups = step.node.attributes.get('group')?.int ?? 1;
    // A 1×1 kernel has no taps that could be apart.
    const apart = kernel === 1 ? 1 : dilation;
    bones.add(step, { op: 'conv', out, kernel, stride, groups, dilation: apart, bias: false }, [x]);
  }
}

export const maxPool = (bones: Bones, step: Step, reads: readonly Value[]): void => pool(bones, step, reads, 'maxpool');

export const averagePool = (bones: Bones, step: Step, reads: readonly Value[]): void =>
  pool(bones, step, reads, 'avgpool');

function pool(bones: Bones, step: Step, reads: readonly Value[], op: 'maxpool' | 'avgpool'): void {
  const [x] = reads;
  const sides = listOf(step, 'kernel_shape');
  const [kernel, stride] = [square(sides, 1), square(listOf(step, 'strides'), 1)];
  const isDilated = (listOf(step, 'dilations') ?? []).some((side) => side !== 1);
  if (x === undefined || sides?.length !== 2 || kernel === undefined || stride === undefined || isDilated)
    bones.foreign(step, reads, `${step.node.op} ${(sides ?? []).join('×')}`);
  else if (kernel === 1 && stride === 1) bones.pass(step, x);
  else bones.add(step, { op, kernel, stride }, [x]);
}

/** To the nearest pixel; whatever is done to the image before the first layer is none of the network. */
export function resize(bones: Bones, step: Step, reads: readonly Value[]): void {
  const [x] = reads;
  const [, , height = 0, width = 0] = step.outputs[0]?.dims ?? [];
  const isNearest = (step.node.attributes.get('mode')?.text ?? 'nearest') === 'nearest';
  const from = x?.dims[2] ?? 0;
  if (x === undefined || (x.ref >= 0 && (!isNearest || reads.length !== 1 || height < from || from === 0)))
    bones.foreign(step, reads);
  else if (x.ref < 0 || height === from) bones.pass(step, x);
  else {
    const halvings = (bones.bones[x.ref]?.shape.halvings ?? 0) - Math.round(Math.log2(height / from));
    bones.add(step, { op: 'upsample', height, width, halvings }, [x]);
  }
}
