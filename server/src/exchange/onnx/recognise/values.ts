import type { Ref } from '../../../graph/cell.ts';
import type { Operator } from '../../../graph/operator.ts';
import { type Shape, sameShape } from '../../../graph/shapes.ts';
import type { Step } from '../infer.ts';
import type { Tensor } from '../operators/rule.ts';
import { actsOf, type Form } from './acts.ts';
import type { Acts, Bone, Foreign } from './skeleton.ts';

/** What a tensor of the model is in its skeleton: a node, or −1 for the image, with what was done to it since. */
export interface Value {
  readonly ref: Ref;
  readonly form: Form;
  readonly dims: readonly number[];
  /** Channels that were taken apart on the way to a shuffle: into how many parts, and whether these were turned. */
  readonly parts?: { readonly count: number; readonly turned: boolean };
}

const NOWHERE = { channels: 0, height: 0, width: 0 };

/** Writes the skeleton of a model, step by step. */
export class Bones {
  readonly bones: Bone[] = [];
  readonly values = new Map<string, Value>();
  /** The image as the first layer reads it. */
  image: Shape | undefined;

  read(name: string): Value | undefined {
    return this.values.get(name);
  }

  /** Adds a node that makes an output of a step. */
  add(step: Step, operator: Operator | Foreign, reads: readonly Value[], output = 0): void {
    const dims = step.outputs[output]?.dims ?? [];
    const refs = operator.op === 'other' ? [...new Set(reads.map(({ ref }) => ref))] : reads.map(({ ref }) => ref);
    const [first] = reads;
    if (first !== undefined && refs.includes(-1)) this.image ??= { ...sizeOf(first.dims), halvings: 0 };
    // What reads the image in another size, or a part of it, is no layer of a backbone with one input.
    const isOther = reads.some(({ ref, dims: own }) => ref < 0 && !isSize(own, this.image));
    const before = Math.max(0, ...refs.map((ref) => this.bones[ref]?.shape.halvings ?? 0));
    const halvings = operator.op === 'upsample' ? operator.halvings : before + halved(operator);
    const shape = { ...sizeOf(dims), halvings };
    const name = step.node.name === '' ? (step.node.outputs[output] ?? '') : step.node.name;
    const own: Operator | Foreign = isOther ? { op: 'other', name: `${step.node.op} of another image` } : operator;
    const ref = this.bones.push({ operator: own, reads: refs, shape, act: undefined, biased: false, name }) - 1;
    this.set(step, { ref, form: undefined, dims }, output);
  }

  set(step: Step, value: Value, output = 0): void {
    const name = step.node.outputs[output];
    if (name !== undefined && name !== '') this.values.set(name, value);
  }

  /** Hands a value on with other axes, or with something done to it. */
  pass(step: Step, value: Value, form: Form = value.form): void {
    this.set(step, { ref: value.ref, form, dims: step.outputs[0]?.dims ?? [] });
    if (form !== value.form) this.act(value.ref, actsOf(form));
  }

  private act(ref: Ref, act: Acts): void {
    const bone = this.bones[ref];
    if (bone !== undefined) this.bones[ref] = { ...bone, act };
  }

  /** A norm behind a convolution with a bias: only then the bias is one of its own. */
  normed(ref: Ref, hasBias: (bone: Bone) => boolean): void {
    const bone = this.bones[ref];
    if (bone?.operator.op === 'conv' && hasBias(bone)) this.bones[ref] = { ...bone, biased: true };
  }

  /** An operator that no block has, whatever it reads. */
  foreign(step: Step, reads: readonly Value[], name = step.node.op): void {
    this.add(step, { op: 'other', name }, reads);
    const [output = ''] = step.node.outputs;
    const value = this.values.get(output);
    for (const other of step.node.outputs.slice(1)) if (value !== undefined) this.values.set(other, value);
  }
}

const sizeOf = (dims: readonly number[]): Omit<Shape, 'halvings'> => {
  const [, channels, height = 1, width = 1] = dims;
  return channels === undefined ? NOWHERE : { channels, height, width };
};

const isSize = (dims: readonly number[], size: Shape | undefined): boolean =>
  size !== undefined && sameShape({ ...sizeOf(dims), halvings: 0 }, size);

/** How many times an operator halves what it reads, but for upsampling, which says it itself. */
const halved = (operator: Operator | Foreign): number => ('stride' in operator ? Math.log2(operator.stride) : 0);

export const dimsOf = (tensor: Tensor | undefined): readonly number[] => tensor?.dims ?? [];
