import { counted, percent, si } from '../../../common/numbers.ts';
import type { Inspection } from '../exchange/onnx/inspect.ts';
import type { Recognised } from '../exchange/onnx/recognise/recognise.ts';
import { layerName, shown } from '../exchange/onnx/shown.ts';
import { type Column, table } from './table.ts';

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** How many rows are shown of what may be long. */
const COSTLIEST = 10;
const MOST_ROWS = 40;
const LONGEST_NAME = 72;
const LONGEST_LINE = 400;

/** One model for people: the whole, its stages, its operators, and where most of the work is. */
export function inspectText(file: string, inspection: Inspection, recognised: Recognised): string {
  const { inputs, macs, params, convolutions, unknown } = inspection;
  const shapes = inputs.slice(0, MOST_ROWS).map(({ name, shape }) => `${plain(name)} ${shape.join(' × ')}`);
  const producer = plain(`${inspection.producer} ${inspection.producerVersion}`.trim());
  return [
    `${plain(file)}, input ${shapes.join(', ')}`,
    `  by      ${producer === '' ? 'an unnamed producer' : producer}, operator set ${inspection.opset}, IR ${inspection.irVersion}`,
    `  macs    ${si(macs.conv)} convolution, ${si(macs.linear)} linear, ${si(macs.other)} other`,
    `  params  ${si(params.total)}, ${si(params.conv)} of them in the kernels of ${counted(convolutions, 'convolution')}`,
    `  as .mae ${plain(recognisedText(recognised), LONGEST_LINE)}`,
    ...section('Stages', STAGES, stageRows(inspection)),
    ...section('Operators', OPERATORS, operatorRows(inspection)),
    ...section('Costliest layers', LAYERS, layerRows(inspection)),
    ...section(
      'Not counted',
      UNKNOWN,
      unknown.slice(0, MOST_ROWS).map(({ op, count, why }) => [plain(op), String(count), plain(why)]),
    ),
    '',
    LEGEND,
  ].join('\n');
}

/** Whether `mae import` writes it down, and how it differs. */
function recognisedText(recognised: Recognised): string {
  if (!recognised.ok) return `not recognised: ${recognised.why}`;
  const { backbone, exact, differences } = recognised.value;
  const blocks = [...new Set(backbone.groups.map(({ block }) => block))].join(', ');
  const groups = `${counted(backbone.groups.length, 'group')} of ${blocks}`;
  if (exact) return `exact, ${groups}`;
  const [first = '', ...others] = differences;
  return `not exact, ${groups}: ${first}${others.length === 0 ? '' : ` (and ${others.length} more)`}`;
}

const STAGES = [right('C × H × W'), right('macs'), right('params')];
const OPERATORS = [left('operator'), right('nodes')];
const LAYERS = [left('layer'), left('operator'), right('output'), right('macs'), right('share'), right('params')];
const UNKNOWN = [left('operator'), right('nodes'), left('why')];

const LEGEND = [
  'macs       multiply–accumulates; other: one for each number of norms and sums, and of what averages read',
  'params     what is trained: weights, biases, scales and shifts of norms; what several nodes share counts once',
].join('\n');

function section(title: string, columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', title, ...table(columns, rows).map((line) => `  ${line}`)];
}

const stageRows = ({ stages }: Inspection): string[][] =>
  stages
    .slice(0, MOST_ROWS)
    .map(({ channels, height, width, macs, params }) => [`${channels} × ${height} × ${width}`, si(macs), si(params)]);

function operatorRows({ operators }: Inspection): string[][] {
  const rows = [...operators].slice(0, MOST_ROWS).map(([op, count]) => [plain(op), String(count)]);
  const more = operators.size - rows.length;
  return more > 0 ? [...rows, [`and ${more} more`, '']] : rows;
}

function layerRows({ layers, macs }: Inspection): string[][] {
  const whole = macs.conv + macs.linear + macs.other;
  const costly = layers.filter((layer) => layer.macs > 0).sort((a, b) => b.macs - a.macs);
  return costly
    .slice(0, COSTLIEST)
    .map((layer) => [
      plain(layerName(layer)),
      plain(layer.step.node.op),
      layer.step.outputs[0]?.dims.join(' × ') ?? '',
      si(layer.macs),
      percent(layer.macs / whole),
      si(layer.weights.reduce((sum, { count }) => sum + count, 0)),
    ]);
}

const plain = (text: string, longest = LONGEST_NAME): string => shown(text, longest);
