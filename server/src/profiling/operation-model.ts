import type { Ref } from '../graph/cell.ts';
import { CellBuilder } from '../graph/cell-builder.ts';
import { ACTIVATIONS, type Operator } from '../graph/operator.ts';
import type { Operation } from '../latency/operation.ts';
import { PLAIN_SUFFIX } from '../latency/run-operations.ts';
import { type TimedModel, timedModel } from './timed-model.ts';

/** Channels of the image that an operator without weights is fed from: convolutions of so few read it as it is. */
const IMAGE = 3;

/**
 * A model that runs one operator, and ends in a global pool so that nothing large leaves the session. A convolution reads the
 * model's input; any other operator stands between convolutions, as it does in networks, because runtimes keep maps in a layout
 * of their own there. Undefined where ONNX has no such operator here.
 */
export function operationModel(operation: Operation): TimedModel | undefined {
  const operator = operatorOf({ ...operation, op: MOVED_BY[operation.op] ?? operation.op.replace(PLAIN_SUFFIX, '') });
  if (operator === undefined) return undefined;
  const { height, width } = operation;
  const isConv = operator.op === 'conv';
  const input = { channels: isConv ? operation.in : IMAGE, height, width, halvings: 0 };
  const cell = new CellBuilder(input);
  const timed = isConv ? convolution(cell, operator) : between(cell, operator, operation);
  const pooled = cell.add({ op: 'globalpool' }, [timed.end]);
  return timedModel(cell.build(pooled), [pooled], timed.at);
}

/** Maps are moved between layouts around an operator that has to have them so. */
const MOVED_BY: Readonly<Record<string, string>> = { enter: 'shuffle', leave: 'shuffle' };

interface Placed {
  /** The timed node, and what is read of it. */
  readonly at: Ref;
  readonly end: Ref;
}

function convolution(cell: CellBuilder, operator: Operator): Placed {
  const at = cell.add(operator, [cell.input()]);
  return { at, end: cell.act(at, 'relu') };
}

/**
 * Between an activated convolution, with which nothing more is fused, and another. The activation is a sigmoid, because
 * runtimes make one rectifier of two.
 */
function between(cell: CellBuilder, operator: Operator, operation: Operation): Placed {
  const made = (out: number): Ref => cell.act(pointwise(cell, cell.input(), out), 'sigmoid');
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
