import type { OnnxNode } from '../model.ts';
import type { Acts } from './skeleton.ts';

/**
 * How far the arithmetic behind a layer has come: an activation, or a part of one that was exported in several
 * operators, such as x + 3 of x · relu6(x + 3) / 6. Undefined where nothing was done but scaling and shifting.
 */
export type Form = Acts | 'shifted' | 'hardsigmoid' | 'erf' | 'part';

const WHOLE: Readonly<Record<string, Form>> = {
  Relu: 'relu',
  LeakyRelu: 'leaky',
  HardSwish: 'hardswish',
  Gelu: 'gelu',
  Swish: 'silu',
  Sigmoid: 'sigmoid',
  HardSigmoid: 'hardsigmoid',
  Erf: 'erf',
  // Of the approximation of Φ(x); beside x alone it is no activation that the language has.
  Tanh: 'part',
};

/** The form of what an activation makes of a form. */
export function activated({ op, attributes }: OnnxNode, form: Form, bounds: readonly (number | undefined)[]): Form {
  if (op === 'Clip') {
    const low = bounds[0] ?? attributes.get('min')?.float;
    const high = bounds[1] ?? attributes.get('max')?.float;
    if (form === 'shifted') return 'hardsigmoid';
    if (low === 0 && high === 6) return 'relu6';
    return low === 0 && high === undefined ? 'relu' : 'other';
  }
  return WHOLE[op] ?? 'other';
}

/** The form of a form with which a constant is combined. */
export function withConstant(op: string, form: Form, value: number | undefined): Form {
  if (op === 'Add' && form === undefined && value === 3) return 'shifted';
  if (op === 'Max' && form === undefined && value === 0) return 'relu';
  if (op === 'Max' && form === 'shifted' && value === 0) return 'shifted';
  if (op === 'Min' && form === 'relu' && value === 6) return 'relu6';
  if (op === 'Min' && form === 'shifted' && value === 6) return 'hardsigmoid';
  if (op === 'Max' || op === 'Min') return 'other';
  return op === 'Pow' ? 'part' : form;
}

/** The form of what two forms of one tensor are put together to. */
export function combined(op: string, forms: readonly Form[]): Form {
  const gate = forms.find((form) => form !== undefined && form !== 'part') ?? forms.find((form) => form !== undefined);
  if (op !== 'Mul') return gate === undefined ? undefined : 'part';
  if (gate === 'sigmoid') return 'silu';
  if (gate === 'hardsigmoid') return 'hardswish';
  if (gate === 'erf' || gate === 'part') return 'gelu';
  return gate === undefined ? 'other' : gate;
}

/** The activation that a form is, for those who read it as it stands. */
export const actsOf = (form: Form): Acts => {
  if (form === 'shifted') return undefined;
  if (form === 'hardsigmoid') return 'sigmoid';
  return form === 'erf' || form === 'part' ? 'other' : form;
};
