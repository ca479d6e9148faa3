import { writeOperator } from '../exchange/onnx-writer/operators.ts';
import { dimsOf } from '../exchange/onnx-writer/write-network.ts';
import { type Cell, type Ref, shapeAt } from '../graph/cell.ts';
import { CellBuilder } from '../graph/cell-builder.ts';
import { ACTIVATIONS, type Operator } from '../graph/operator.ts';
import type { Operation } from '../latency/operation.ts';
import { TimedModelBuilder } from './pooled-weights.ts';

/** A model of ONNX for one image, with what it is asked and what in it is timed. */
export interface TimedModel {
  readonly bytes: Uint8Array;
  /** The name of its one input, and its dimensions: 1 × channels × height × width, float32. */
  readonly input: { readonly name: string; readonly dims: readonly number[] };
  /** What the nodes begin with that are there for the timed operator's sake only, so that a runtime's own profile tells them apart. */
  readonly around: string;
}

export const INPUT = 'x';
/** What stands around the operator: what makes its input, and what makes its output small. */
const AROUND = 'around';
const TIMED = 'timed';

/** Channels of the image that an operator without weights is fed from: convolutions of so few read it as it is. */
const IMAGE = 3;

/**
 * A model that runs one operator, and ends in a global pool so that nothing large leaves the session. A convolution reads the
 * model's input; any other operator stands between convolutions, as it does in networks, because runtimes keep maps in a layout
 * of their own there. Undefined where ONNX has no such operator here.
 */
export function operationModel(operation: Operation): TimedModel | undefined {
  const operator = operatorOf(operation);
  if (operator === undefined) return undefined;
  const { height, width } = operation;
  const isConv = operator.op === 'conv';
  const input = { channels: isConv ? operation.in : IMAGE, height, width, halvings: 0 };
  const cell = new CellBuilder(input);
  const timed = isConv ? convolution(cell, operator) : between(cell, operator, operation);
  const pooled = cell.add({ op: 'globalpool' }, [timed.end]);
  return write(cell.build(pooled), timed.at);
}

interface Placed {
  /** The timed node, and what is read of it. */
  readonly at: Ref;
  readonly end: Ref;
}

function convolution(cell: CellBuilder, operator: Operator): Placed {
  const at = cell.add(operator, [cell.input()]);
  return { at, end: cell.act(at, 'relu') };
}

/** Between an activated convolution, with which nothing more is fused, and another. */
function between(cell: CellBuilder, operator: Operator, operation: Operation): Placed {
  const made = (out: number): Ref => cell.act(pointwise(cell, cell.input(), out), 'relu');
  const first = made(operation.in);
  const at = cell.add(operator, readsOf(operator, operation, first, made, cell));
  return { at, end: pointwise(cell, at, IMAGE_OUT) };
}

const IMAGE_OUT = 16;

const pointwise = (cell: CellBuilder, x: Ref, out: number): Ref =>
  cell.add({ op: 'conv', out, kernel: 1, stride: 1, groups: 1, dilation: 1, bias: true }, [x]);

function readsOf(
  { op }: Operator,
  { in: read, out }: Operation,
  first: Ref,
  made: (out: number) => Ref,
  cell: CellBuilder,
): Ref[] {
  if (op === 'sum') return [first, made(read)];
  if (op === 'concat') return [first, made(Math.max(1, out - read))];
  if (op === 'product') return [first, cell.add({ op: 'globalpool' }, [first])];
  return [first];
}

/** The operator that an operation is of; what an operation does not say is as it is in most networks. */
function operatorOf({ op, kernel, stride, groups, in: read, out, height, width }: Operation): Operator | undefined {
  const kind = ACTIVATIONS.find((activation) => activation === op);
  if (kind !== undefined) return { op: 'activation', kind };
  switch (op) {
    case 'conv':
      return { op, out, kernel, stride, groups, dilation: 1, bias: true };
    case 'maxpool':
    case 'avgpool':
      return { op, kernel, stride };
    case 'batchnorm':
    case 'globalpool':
    case 'product':
    case 'concat':
    case 'scale':
      return { op };
    case 'groupnorm':
      return { op, groups: groups > 1 ? groups : Math.min(32, read) };
    case 'sum':
      return { op, residual: false };
    case 'split':
      return { op, from: 0, to: out };
    case 'shuffle':
      return { op, parts: 2 };
    case 'upsample':
      return { op, height: 2 * height, width: 2 * width, halvings: 1 };
    default:
      return undefined;
  }
}

function write(cell: Cell, timed: Ref): TimedModel | undefined {
  const model = new TimedModelBuilder();
  const [image] = cell.inputs;
  if (image === undefined) return undefined;
  const dims = dimsOf(image);
  model.input(INPUT, dims);
  const made: string[] = [];
  const at = (ref: Ref): string => (ref < 0 ? INPUT : (made[ref] ?? INPUT));
  for (const [index, node] of cell.nodes.entries()) {
    const name = `${index === timed ? TIMED : AROUND}${index}`;
    const tensor = writeOperator(model, {
      ...{ operator: node.operator, reads: node.reads.map(at), from: shapeAt(cell, node.reads[0] ?? -1) },
      ...{ to: node.shape, name, weights: name, key: [index] },
    });
    if (tensor === undefined) return undefined;
    made.push(tensor);
  }
  model.output('y', dimsOf(shapeAt(cell, cell.output)), at(cell.output));
  return {
    bytes: model.model('timed', 'One operator, to be timed.').whole(),
    input: { name: INPUT, dims },
    around: AROUND,
  };
}
