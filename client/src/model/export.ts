import type { ModelLayer } from '../../../server/src/server/protocol.ts';
import type { PlacedLayer } from './columns.ts';

/** How a table is written: for a spreadsheet's clipboard, or as a file. */
export type TableFormat = 'tsv' | 'csv';

/** Names of columns are for programs: they are the same in every language. */
const FIELDS: readonly (readonly [string, (layer: PlacedLayer) => string | number])[] = [
  ['number', ({ place }) => place + 1],
  ['operator', ({ op }) => op],
  ['name', ({ name }) => name],
  ['output', ({ output }) => output?.join('x') ?? ''],
  ['kernel', ({ kernel }) => kernel?.join('x') ?? ''],
  ['stride', ({ stride }) => stride?.join('x') ?? ''],
  ['groups', ({ groups }) => groups ?? ''],
  ['macs', (layer) => (isCounted(layer) ? layer.macs : '')],
  ['params', ({ params }) => params],
];

/** Exact numbers of the layers that are shown, in their order. */
export function tableText(layers: readonly PlacedLayer[], format: TableFormat): string {
  const [separator, end] = format === 'tsv' ? ['\t', '\n'] : [',', '\r\n'];
  const cell = (value: string | number): string =>
    typeof value === 'number' ? String(value) : format === 'tsv' ? harmless(value) : quoted(harmless(value));
  const lines = [FIELDS.map(([name]) => name), ...layers.map((layer) => FIELDS.map(([, of]) => cell(of(layer))))];
  return lines.map((line) => line.join(separator) + end).join('');
}

const isCounted = ({ unknown, macs }: ModelLayer): boolean => unknown === undefined || macs !== 0;

/** Names are the file's: what a spreadsheet would take for a formula is written as text. */
const harmless = (text: string): string => {
  const line = text.replace(/[\t\r\n]/g, ' ');
  return /^[=+\-@]/.test(line) ? `'${line}` : line;
};
const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
