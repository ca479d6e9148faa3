import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { signed } from '../common/numbers.ts';
import { DETECTOR_CONVENTIONS, type DetectorAnalysis } from '../server/src/detector/analyse.ts';
import { snapshotOf } from '../server/src/features/snapshot.ts';
import { type Counted, PUBLISHED, type PublishedTable, type QuotedOnly } from './published.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
export const PAGE = path.join(ROOT, 'docs', 'tables.md');

const isCounted = (row: Counted | QuotedOnly): row is Counted => 'backbone' in row;

/** The detector of a row with its numbers. */
export function analysisOf({ backbone, input, classes, lines, title }: Counted): DetectorAnalysis {
  const text = readFileSync(path.join(ROOT, 'examples', `${backbone}.mae`), 'utf8');
  const [height, width] = input;
  const own = [`input 3 x ${height} x ${width}`, ...(classes === undefined ? [] : [`classes ${classes}`]), ...lines];
  const { detectors, problems } = snapshotOf(
    `${text}\ndetector d {\n  backbone ${backbone}\n  ${own.join('\n  ')}\n}\n`,
  );
  const analysis = detectors[0]?.analysis;
  if (analysis === undefined) throw new Error(`${title}: ${problems.map(({ message }) => message).join(' ')}`);
  return analysis;
}

const giga = (value: number): string => (value / 1e9).toFixed(2);
const mega = (value: number): string => (value / 1e6).toFixed(2);

/** By which conventions our count is the printed one, to its last digit; or how far the nearest is from it. */
function verdict(printed: string, { costs }: DetectorAnalysis): string {
  const digits = printed.split('.')[1]?.length ?? 0;
  const is = DETECTOR_CONVENTIONS.filter((name) => (costs[name] / 1e9).toFixed(digits) === printed);
  if (is.length > 0) return `by ${is.join(' and ')}`;
  const off = DETECTOR_CONVENTIONS.map((name) => ({ name, by: costs[name] / 1e9 / Number(printed) - 1 }));
  const [nearest] = off.toSorted((a, b) => Math.abs(a.by) - Math.abs(b.by));
  return nearest === undefined ? '' : `no: ${nearest.name} is ${signed(nearest.by * 100)} %`;
}

function cells(row: Counted | QuotedOnly): string[] {
  const { count, params, ap = '–' } = row;
  const printed = [count === undefined ? '' : `${count} G`, params === undefined ? '' : `${params} M`];
  const quoted = printed.filter((text) => text !== '').join(', ') || '–';
  if (!isCounted(row)) return [row.detector, row.title, '–', '–', '–', '–', '–', quoted, row.why, ap];
  const analysis = analysisOf(row);
  const { costs } = analysis;
  const name = row.example === undefined ? row.detector : `[${row.detector}](../examples/detectors/${row.example}.mae)`;
  const [height, width] = row.input;
  const counts = [...DETECTOR_CONVENTIONS.map((convention) => giga(costs[convention])), mega(costs.params)];
  const comesOut = count === undefined ? '–' : verdict(count, analysis);
  return [name, row.title, `${width}×${height}`, ...counts, quoted, comesOut, ap];
}

function section({ title, about, ap, rows, remark }: PublishedTable): string {
  const head = ['detector', 'backbone', 'input', 'macs', 'thop', 'mmcv', 'params', 'printed', 'comes out', 'quoted'];
  const shown = ap === undefined ? head.slice(0, -1) : [...head.slice(0, -1), `quoted: ${ap}`];
  const body = rows.map((row) => cells(row).slice(0, shown.length));
  const align = shown.map((name) =>
    DETECTOR_CONVENTIONS.some((c) => c === name) || name === 'params' ? '---:' : '---',
  );
  const lines = [shown, align, ...body].map((row) => `| ${row.join(' | ')} |`);
  return [`## ${title}`, about, lines.join('\n'), ...(remark === undefined ? [] : [remark])].join('\n\n');
}

const INTRODUCTION = `# Tables of detectors

Tables 2, 3 and 5 of [MAE-DET](https://arxiv.org/abs/2111.13336) (Sun et al., ICML 2022) are of whole detectors. Here they are with our counts of the same
detectors, and with RetinaNets that others published. Made by \`npm run tables\`, held to the program by a test: do not edit it by hand.

- [macs](glossary.md#macs), [thop](glossary.md#thop), [mmcv](glossary.md#mmcv) (G) and params (M) are ours, from the [closed forms](glossary.md#closed-form); [method.md](method.md#5-whole-detectors) says what each counts.
- *printed* is quoted from the paper or its authors' code: multiply–accumulates, and parameters where they are printed.
- *comes out* says by which conventions our count is the printed one to its last digit. The printed ones mix conventions, and
  to whole G two of ours may be it. A row without a count of ours is quoted only.
- *quoted* AP is from the paper. Nothing here was trained, and no AP was computed.
- A detector with a link is a file of its own, to open and change.`;

/** docs/tables.md as it has to be. */
export const tablesPage = (): string => `${[INTRODUCTION, ...PUBLISHED.map(section)].join('\n\n')}\n`;

/** `npm run tables` writes the page; a test holds the two together. */
if (import.meta.main) {
  writeFileSync(PAGE, tablesPage());
  console.log(`${path.relative(ROOT, PAGE)}: ${PUBLISHED.length} tables`);
}
