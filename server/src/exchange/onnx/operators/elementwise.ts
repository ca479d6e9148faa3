import { BOOL } from '../model.ts';
import {
  broadcast,
  type Call,
  intOf,
  isInteger,
  MISSING,
  type Rule,
  type Rules,
  type Shaped,
  same,
  shaped,
  shapesText,
  type Tensor,
  unknown,
} from './rule.ts';

/** The number of a small tensor at a place of the shape that it spreads to. */
function spread({ dims, values }: Tensor, to: readonly number[], index: number): number {
  let [rest, place, step] = [index, 0, 1];
  for (let i = 1; i <= to.length; i++) {
    const size = to[to.length - i] ?? 1;
    const own = dims[dims.length - i] ?? 1;
    if (own !== 1) place += (rest % size) * step;
    step *= own;
    rest = Math.floor(rest / size);
  }
  return values?.[place] ?? 0;
}

/** Constants of so many numbers are computed, of operators with so many inputs. */
const FOLDED = 1024;
const FEW = 8;

/** Broadcasts any number of inputs; folds constants, from which shapes may follow. */
function spreading(compute?: (values: readonly number[], integer: boolean) => number, type?: number): Rule {
  return ({ inputs }: Call): Shaped => {
    const given = inputs.filter((input) => input !== undefined);
    const [first] = given;
    if (first === undefined) return MISSING;
    let dims: readonly number[] = [];
    for (const input of given) {
      const wider = broadcast(dims, input.dims);
      if (wider === undefined) return unknown(`its inputs do not fit: ${shapesText(given)}`);
      dims = wider;
    }
    const count = dims.reduce((all, size) => all * size, 1);
    const last = given[given.length - 1] ?? first;
    const result = type ?? last.type;
    if (
      compute === undefined ||
      count > FOLDED ||
      given.length > FEW ||
      given.some(({ values }) => values === undefined)
    )
      return shaped(dims, result);
    const values = Array.from({ length: count }, (_, i) =>
      compute(
        given.map((input) => spread(input, dims, i)),
        isInteger(last.type),
      ),
    );
    return shaped(dims, result, values);
  };
}

const numberOf = (value: boolean): number => (value ? 1 : 0);
const two = (compute: (a: number, b: number, integer: boolean) => number) =>
  spreading(([a = 0, b = 0], integer) => compute(a, b, integer));
const compared = (compute: (a: number, b: number) => boolean) =>
  spreading(([a = 0, b = 0]) => numberOf(compute(a, b)), BOOL);

/** One number in, one number out, and what constants become. */
const mapped =
  (compute: (value: number) => number): Rule =>
  ({ inputs: [x] }) =>
    x === undefined ? MISSING : shaped(x.dims, x.type, x.values?.map(compute));

function cast(call: Call): Shaped {
  const [x] = call.inputs;
  if (x === undefined) return MISSING;
  const type = intOf(call, 'to', x.type);
  return shaped(x.dims, type, isInteger(type) ? x.values?.map(Math.trunc) : x.values);
}

function dropout({ inputs: [x] }: Call): Shaped {
  return x === undefined ? MISSING : [x, { dims: x.dims, type: BOOL }];
}

/** Activations, for shapes and for those who ask what a feature map is. */
export const ACTIVATIONS: ReadonlySet<string> = new Set(
  (
    'Relu LeakyRelu PRelu Elu Selu Celu Gelu Mish ThresholdedRelu Softplus Softsign Sigmoid HardSigmoid HardSwish Swish ' +
    'Tanh Clip Erf'
  ).split(' '),
);

/** Other operators that change numbers and no shape. */
const PLAIN = (
  'Exp Log Sin Cos Tan Asin Acos Atan Sinh Cosh Sign Reciprocal Not IsNaN IsInf Softmax LogSoftmax Hardmax Shrink CumSum ' +
  'Trilu QuantizeLinear DequantizeLinear LRN LpNormalization MeanVarianceNormalization ScatterND ScatterElements Scatter'
).split(' ');

export const ELEMENTWISE: Rules = {
  ...Object.fromEntries([...ACTIVATIONS, ...PLAIN].map((op) => [op, same])),
  Identity: ({ inputs: [x] }) => (x === undefined ? MISSING : [x]),
  Dropout: dropout,
  Cast: cast,
  CastLike: ({ inputs: [x, like] }) =>
    x === undefined || like === undefined ? MISSING : shaped(x.dims, like.type, x.values),
  Floor: mapped(Math.floor),
  Ceil: mapped(Math.ceil),
  Round: mapped(Math.round),
  Neg: mapped((value) => -value),
  Abs: mapped(Math.abs),
  Sqrt: mapped(Math.sqrt),
  Add: two((a, b) => a + b),
  Sub: two((a, b) => a - b),
  Mul: two((a, b) => a * b),
  Div: two((a, b, integer) => (integer ? Math.trunc(a / b) : a / b)),
  Mod: two((a, b) => a - b * Math.floor(a / b)),
  Pow: two((a, b) => a ** b),
  Max: spreading((values) => Math.max(...values)),
  Min: spreading((values) => Math.min(...values)),
  Sum: spreading((values) => values.reduce((sum, value) => sum + value, 0)),
  Mean: spreading(),
  And: compared((a, b) => a !== 0 && b !== 0),
  Or: compared((a, b) => a !== 0 || b !== 0),
  Xor: compared((a, b) => (a !== 0) !== (b !== 0)),
  Equal: compared((a, b) => a === b),
  Less: compared((a, b) => a < b),
  LessOrEqual: compared((a, b) => a <= b),
  Greater: compared((a, b) => a > b),
  GreaterOrEqual: compared((a, b) => a >= b),
  Where: spreading(([condition = 0, yes = 0, no = 0]) => (condition !== 0 ? yes : no)),
};
