import { milliseconds, percent } from '../../../common/numbers.ts';
import type { Profile } from '../latency/profile.ts';
import type { LatencyRow, LatencyRows } from './latency-rows.ts';
import { type Column, table } from './table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'line', align: 'right' },
  { title: '', align: 'left' },
  { title: 'ms', align: 'right' },
  { title: 'share', align: 'right' },
  { title: '', align: 'left' },
];

/** More operations than these are not named one by one. */
const MOST_NAMED = 5;

/** What every design takes on a device, line by line, and how good the profile is. */
export function latencyText(name: string, profile: Profile, { backbones, detectors }: LatencyRows): string {
  return [...[...backbones, ...detectors].map(rowText), aboutText(name, profile)].join('\n\n');
}

function rowText(row: LatencyRow): string {
  const { name, input, lines, parts = [], outside } = row;
  const share = (ms: number): string => percent(row.milliseconds === 0 ? 0 : ms / row.milliseconds);
  const rows = [
    ...lines.map((line) => [
      String(line.line),
      line.text,
      amount(line.milliseconds),
      share(line.milliseconds),
      line.outside ? 'outside the profile' : '',
    ]),
    ...parts.map((part) => ['', part.name, amount(part.milliseconds), share(part.milliseconds), '']),
    ['', 'all', amount(row.milliseconds), '', ''],
  ];
  const named = outside.slice(0, MOST_NAMED).map((text) => `    ${text}`);
  const more = outside.length > MOST_NAMED ? [`    and ${outside.length - MOST_NAMED} more`] : [];
  const found = row.checked;
  return [
    `${name}, input ${input.channels} × ${input.height} × ${input.width} (channels × height × width)`,
    ...table(COLUMNS, rows).map((line) => `  ${line}`),
    ...(found === undefined
      ? []
      : [
          `  run here ${milliseconds(found.milliseconds)}: the prediction is ${percent(found.error)} off; the same twice differs by ${percent(found.noise)}`,
        ]),
    ...(outside.length === 0 ? [] : ['  outside the profile, so extrapolated:', ...named, ...more]),
  ].join('\n');
}

const amount = (ms: number): string => milliseconds(ms).replace(' ms', '');

function aboutText(name: string, { device, runtime, threads, date, heldOut, timing }: Profile): string {
  const by = timing.clock === 'cpu' ? 'processor time' : 'the clock';
  return [
    `ms      one image on ${name}: ${device}, ${runtime.name} ${runtime.version}, ${threads === 1 ? 'one thread' : `${threads} threads`}, timed ${date} by ${by}`,
    heldOut === undefined
      ? 'error   not known: no whole network was run for this profile'
      : `error   ${percent(heldOut.medianError)} in the median and ${percent(heldOut.error95)} in 95 of 100, of ${heldOut.networks} networks that had no part in it; the same network twice differs by ${percent(timing.noise)}`,
  ].join('\n');
}
