import { model, type NodeSpec, source, type TensorSpec } from './encode.ts';

/** A network written line by line; weights come by themselves. */
export class Net {
  readonly nodes: NodeSpec[] = [];
  readonly initialisers: TensorSpec[] = [];
  #names = 0;

  add(op: string, inputs: readonly string[], attributes: NonNullable<NodeSpec['attributes']> = {}): string {
    const out = `t${this.#names++}`;
    this.nodes.push({ op, in: inputs, out: [out], attributes });
    return out;
  }

  conv(from: string, [inputs, out]: readonly [number, number], kernel: number, stride = 1, group = 1): string {
    const weight = this.weight(out, inputs / group, kernel, kernel);
    const pad = (kernel - 1) / 2;
    return this.add('Conv', [from, weight], { strides: [stride, stride], pads: [pad, pad, pad, pad], group });
  }

  norm(from: string, channels: number): string {
    return this.add('BatchNormalization', [from, ...[0, 1, 2, 3].map(() => this.weight(channels))]);
  }

  relu = (from: string): string => this.add('Relu', [from]);

  upsample(from: string, factor = 2): string {
    return this.add('Resize', [from, '', this.floats([1, 1, factor, factor])]);
  }

  /** A constant that is in the file, of one number or a list. */
  floats(values: readonly number[] | number): string {
    const all = typeof values === 'number' ? [values] : values;
    const raw = [...new Uint8Array(new Float32Array(all).buffer)];
    const name = `w${this.#names++}`;
    this.initialisers.push({ name, dims: typeof values === 'number' ? [] : [all.length], raw });
    return name;
  }

  weight(...dims: number[]): string {
    const name = `w${this.#names++}`;
    this.initialisers.push({ name, dims, external: true });
    return name;
  }

  source = () => source(model(this));
}
