import type { Window } from '../../graph/operator.ts';
import type { Attribute } from './builder.ts';

/** What convolutions and pools say of their window: padding dilation · (k − 1) / 2 on every side. */
export function windowAttributes({ kernel, stride }: Window, dilation = 1): Readonly<Record<string, Attribute>> {
  const pad = dilation * Math.floor((kernel - 1) / 2);
  return { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: [pad, pad, pad, pad] };
}
