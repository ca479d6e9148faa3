import * as l10n from '@vscode/l10n';
import { percent, si } from '../../../common/numbers.ts';
import type { ModelLayer, ModelTable } from '../../../server/src/server/protocol.ts';
import { FILE_ORDER } from '../webviews/sort.ts';

/** A layer with its place in the file, from 0. */
export interface PlacedLayer extends ModelLayer {
  readonly place: number;
}

/** One column of the layers. */
export interface LayerColumn {
  readonly id: string;
  readonly label: string;
  /** Where it stands alone, if the label says too little. */
  readonly name?: string;
  /** What the order goes by: numbers begin with the largest, words with the first of the alphabet; undefined comes last. */
  readonly by: (layer: PlacedLayer) => number | string | undefined;
  readonly text: (layer: PlacedLayer) => string;
  /** How long a bar is drawn: 1 at the costliest layer. */
  readonly bar?: (layer: PlacedLayer) => number;
  readonly isText?: boolean;
}

type ShownModel = Pick<ModelTable, 'macs' | 'params' | 'layers'>;

const times = (sizes: readonly number[] | undefined): string => sizes?.join('×') ?? '';
const product = (sizes: readonly number[] | undefined): number | undefined =>
  sizes?.reduce((all, size) => all * size, 1);
const part = (amount: number, whole: number): number => (whole === 0 ? 0 : amount / whole);

export const layerColumns = ({ macs, params, layers }: ShownModel): readonly LayerColumn[] => {
  const whole = macs.conv + macs.linear + macs.other;
  const most = { macs: 0, params: 0 };
  for (const layer of layers) {
    most.macs = Math.max(most.macs, layer.macs);
    most.params = Math.max(most.params, layer.params);
  }
  /** What is not known has no place in an order of numbers. */
  const counted = (layer: ModelLayer): number | undefined => (isUnknown(layer) ? undefined : layer.macs);
  const macsName = l10n.t('Share of all macs');
  const paramsName = l10n.t('Share of all params');
  return [
    {
      id: FILE_ORDER,
      label: '#',
      name: l10n.t('Number, in the order of the file'),
      by: ({ place }) => place,
      text: ({ place }) => String(place + 1),
    },
    { id: 'op', label: l10n.t('Operator'), by: ({ op }) => op, text: ({ op }) => op, isText: true },
    { id: 'name', label: l10n.t('Name'), by: ({ name }) => name, text: ({ name }) => name, isText: true },
    {
      id: 'output',
      label: l10n.t('Output'),
      by: ({ output }) => product(output),
      text: ({ output }) => outputText(output),
    },
    {
      id: 'kernel',
      label: l10n.t('Kernel'),
      by: ({ kernel }) => product(kernel),
      text: ({ kernel }) => times(kernel),
    },
    {
      id: 'stride',
      label: l10n.t('Stride'),
      by: ({ stride }) => product(stride),
      text: ({ stride }) => sameText(stride),
    },
    { id: 'groups', label: l10n.t('Groups'), by: ({ groups }) => groups, text: ({ groups }) => String(groups ?? '') },
    { id: 'macs', label: 'macs', by: counted, text: (layer) => (isUnknown(layer) ? '?' : some(layer.macs)) },
    {
      id: 'macs share',
      label: l10n.t('Share'),
      name: macsName,
      by: counted,
      text: (layer) => share(part(layer.macs, whole)),
      bar: (layer) => part(layer.macs, most.macs),
    },
    { id: 'params', label: 'params', by: (layer) => layer.params, text: (layer) => some(layer.params) },
    {
      id: 'params share',
      label: l10n.t('Share'),
      name: paramsName,
      by: (layer) => layer.params,
      text: (layer) => share(part(layer.params, params.total)),
      bar: (layer) => part(layer.params, most.params),
    },
  ];
};

/** The shape of an output; a question mark where it is not known. */
export const outputText = (output: readonly number[] | undefined): string =>
  output === undefined ? '?' : output.length === 0 ? '1' : times(output);

/** Steps that are alike are said once. */
const sameText = (sizes: readonly number[] | undefined): string =>
  sizes?.every((size) => size === sizes[0]) === true ? String(sizes[0] ?? '') : times(sizes);

/** Most layers of a network cost nothing: a dash is read faster than a nought. */
const some = (amount: number): string => (amount === 0 ? '–' : si(amount));
/** What is less is nothing that one compares. */
const LEAST_SHARE = 1e-4;
const share = (ratio: number): string =>
  ratio === 0 ? '' : ratio < LEAST_SHARE ? `< ${percent(LEAST_SHARE)}` : percent(ratio);

const isUnknown = ({ unknown, macs }: ModelLayer): boolean => unknown !== undefined && macs === 0;
