import { type Cell, type GraphNode, inputRef, type Marks, type Ref, type Role, shapeAt } from './cell.ts';
import type { Activation, Convolution, Operator } from './operator.ts';
import { type Shape, shapeOf } from './shapes.ts';

type ConvArguments = Pick<Convolution, 'out' | 'kernel'> &
  Partial<Omit<Convolution, 'op' | 'out' | 'kernel'>> & { readonly act?: Activation | undefined };

/** Writes a cell node by node. Every method hands back the tensor that it made. */
export class CellBuilder {
  readonly inputs: readonly Shape[];
  readonly nodes: GraphNode[] = [];

  constructor(...inputs: readonly Shape[]) {
    this.inputs = inputs;
  }

  input(index = 0): Ref {
    return inputRef(index);
  }

  shape(ref: Ref): Shape {
    return shapeAt(this, ref);
  }

  channels(ref: Ref): number {
    return this.shape(ref).channels;
  }

  add(operator: Operator, reads: readonly Ref[], role: Role = 'main', marks?: Marks): Ref {
    const shape = shapeOf(
      operator,
      reads.map((ref) => this.shape(ref)),
    );
    return (
      this.nodes.push(
        marks === undefined ? { operator, reads, role, shape } : { operator, reads, role, shape, ...marks },
      ) - 1
    );
  }

  /** A convolution with its BatchNorm, and its activation if it has one. */
  conv(x: Ref, { act, ...own }: ConvArguments, role: Role = 'main'): Ref {
    const operator: Convolution = { op: 'conv', stride: 1, groups: 1, dilation: 1, bias: false, ...own };
    const normed = this.add({ op: 'batchnorm' }, [this.add(operator, [x], role)], role);
    return this.act(normed, act, role);
  }

  /** Each channel by itself. */
  depthwise(x: Ref, { kernel, stride = 1, act }: Omit<ConvArguments, 'out' | 'groups'>, role: Role = 'main'): Ref {
    const channels = this.channels(x);
    return this.conv(x, { out: channels, groups: channels, kernel, stride, act }, role);
  }

  act(x: Ref, kind: Activation | undefined, role: Role = 'main'): Ref {
    return kind === undefined ? x : this.add({ op: 'activation', kind }, [x], role);
  }

  build(output: Ref): Cell {
    return { inputs: this.inputs, nodes: this.nodes, output };
  }
}
