import type { Operator, Window } from './operator.ts';

/** Size of a tensor without the batch, and how many times the image's resolution was halved up to it. */
export interface Shape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly halvings: number;
}

export const elements = (s: Shape): number => s.channels * s.height * s.width;

export const sameShape = (a: Shape, b: Shape): boolean =>
  a === b || (a.channels === b.channels && a.height === b.height && a.width === b.width && a.halvings === b.halvings);

/** Behind a window with padding dilation · (k − 1) / 2: ⌈size / stride⌉. */
export const windowed = (x: Shape, channels: number, { stride }: Window): Shape => ({
  channels,
  height: Math.ceil(x.height / stride),
  width: Math.ceil(x.width / stride),
  halvings: x.halvings + Math.log2(stride),
});

/** The size of a side after so many halvings: ⌈size / 2ⁿ⌉, by whatever way they were made. */
export const sideAfter = (side: number, halvings: number): number => Math.ceil(side / 2 ** halvings);

/** The shape of what a node hands on. Inputs that do not fit are for the language to tell; here the first one counts. */
export function shapeOf(operator: Operator, inputs: readonly Shape[]): Shape {
  const x = inputs[0] ?? { channels: 0, height: 0, width: 0, halvings: 0 };
  switch (operator.op) {
    case 'conv':
      return windowed(x, operator.out, operator);
    case 'maxpool':
    case 'avgpool':
      return windowed(x, x.channels, operator);
    case 'deconv': {
      const { out: channels, stride } = operator;
      const halvings = x.halvings - Math.log2(stride);
      return { channels, height: x.height * stride, width: x.width * stride, halvings };
    }
    case 'globalpool':
      return { ...x, height: 1, width: 1 };
    case 'linear':
      return { ...x, channels: operator.out };
    case 'concat':
      return { ...x, channels: inputs.reduce((sum, { channels }) => sum + channels, 0) };
    case 'split':
      return { ...x, channels: operator.to - operator.from };
    case 'regions':
      return { ...x, height: operator.regions * operator.size, width: operator.size };
    case 'flatten': {
      const { size } = operator;
      return { ...x, channels: x.channels * size * size, height: x.height / size, width: x.width / size };
    }
    case 'statistics':
      return { ...x, channels: operator.out };
    case 'upsample': {
      const { height, width, halvings } = operator;
      return { channels: x.channels, height, width, halvings };
    }
    default:
      return x;
  }
}
