import * as l10n from '@vscode/l10n';
import { si } from '../../../common/numbers.ts';
import type { ModelTable } from '../../../server/src/server/protocol.ts';
import { outputText } from './columns.ts';

/** Inputs and operators that are named; the others are a number. */
const MOST = 12;

/** What a model is, in pairs of a word and what there is to say of it. */
export const summaryOf = (model: ModelTable): readonly (readonly [string, string])[] => {
  const { producer, irVersion, opset, inputs, macs, params, convolutions, operators, layers } = model;
  const whole = si(macs.conv + macs.linear + macs.other);
  const by = producer === '' ? l10n.t('an unnamed producer') : producer;
  return [
    [l10n.t('Made by'), l10n.t('{0}, operator set {1}, IR {2}', by, opset, irVersion)],
    [l10n.t('Input'), listed(inputs.map(({ name, shape }) => `${name} ${outputText(shape)}`))],
    [
      'macs',
      l10n.t('{0}: {1} convolution, {2} linear, {3} other', whole, si(macs.conv), si(macs.linear), si(macs.other)),
    ],
    ['params', l10n.t('{0}, {1} of them in the kernels of convolutions', si(params.total), si(params.conv))],
    [l10n.t('Layers'), l10n.t('{0}, {1} of them convolutions', layers.length, convolutions)],
    [l10n.t('Operators'), listed(operators.map(({ op, count }) => `${op} ${count}`))],
  ];
};

/** What to know before one relies on the numbers. */
export function notesOf({ assumed, known, irVersion, opset, unknown }: ModelTable): readonly string[] {
  const notes: string[] = [];
  if (assumed !== undefined)
    notes.push(
      l10n.t(
        'The file leaves the size of its images open: these are the numbers at {0}. Another size may be given below.',
        `${assumed.height}×${assumed.width}`,
      ),
    );
  if (known !== undefined)
    notes.push(
      l10n.t(
        'It is of IR {0} and operator set {1}; known here are IR {2} and operator sets {3}: operators may mean something else.',
        irVersion,
        opset,
        known.ir.join('–'),
        known.opsets.join('–'),
      ),
    );
  const count = unknown.reduce((sum, one) => sum + one.count, 0);
  if (count > 0) notes.push(l10n.t('Nodes that could not be counted, and are missing in every sum: {0}', count));
  return notes;
}

function listed(items: readonly string[]): string {
  const named = items.slice(0, MOST).join(', ');
  return items.length > MOST ? l10n.t('{0} and {1} more', named, items.length - MOST) : named;
}
