import { type BackendName, type BackendSettings, measuresZen } from './backends/backend.ts';
import type { MeasureClient, MeasureOptions } from './client.ts';
import { done, type MeasureFailure, type Outcome } from './failure.ts';
import type { Examined } from './messages.ts';

/** What the Doctor says of one backend. */
export type Diagnosis =
  | {
      readonly name: BackendName;
      readonly usable: true;
      readonly device: string;
      readonly kind: 'cpu' | 'gpu';
      readonly gmacsPerSecond: number;
      readonly versions: Readonly<Record<string, string>>;
    }
  | { readonly name: BackendName; readonly usable: false; readonly failure: MeasureFailure };

export interface DoctorReport {
  readonly node: string;
  readonly platform: string;
  readonly backends: readonly Diagnosis[];
  /** What `auto` takes: the fastest that proved itself, a GPU backend only with a GPU. */
  readonly auto: BackendName | undefined;
}

const diagnosisOf = (entry: Examined['backends'][number]): Diagnosis => {
  if (!entry.usable) return entry;
  const { name, device, kind, gmacsPerSecond, versions } = entry.backend;
  return { name, usable: true, device, kind, gmacsPerSecond, versions };
};

const autoOf = (backends: readonly Diagnosis[]): BackendName | undefined =>
  backends
    .filter((b) => b.usable && (b.kind === 'gpu' || b.name === 'wasm'))
    .map((b) => ({ name: b.name, speed: b.usable ? b.gmacsPerSecond : 0 }))
    .toSorted((a, b) => b.speed - a.speed)[0]?.name;

/** Opens, proves and times every backend, in the measuring process. */
export async function examine(
  client: MeasureClient,
  settings: BackendSettings,
  options: MeasureOptions = {},
): Promise<Outcome<DoctorReport>> {
  const examined = await client.examine(settings, options);
  if (!examined.ok) return examined;
  const backends = examined.value.backends.map(diagnosisOf);
  return done({
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    backends,
    auto: autoOf(backends),
  });
}

function linesOf(d: Diagnosis): string[] {
  if (!d.usable) {
    const next = d.failure.nextStep === '' ? [] : [`    next step: ${d.failure.nextStep}`];
    return [`  ${d.name}: not usable`, `    cause: ${d.failure.message}`, ...next];
  }
  const versions = Object.entries(d.versions).map(([name, version]) => `${name} ${version}`);
  const lines = [
    `  ${d.name}: usable, ${d.gmacsPerSecond.toPrecision(3)} GMAC/s`,
    `    device: ${d.device} (${d.kind.toUpperCase()})`,
    `    versions: ${versions.join(', ')}`,
  ];
  if (!measuresZen(d.name)) lines.push('    note: it measures no Zen-Score, so auto does not take it.');
  else if (d.name !== 'wasm' && d.kind === 'cpu') {
    lines.push('    note: it is made for GPUs and computes on the CPU here, so auto does not take it.');
  }
  return lines;
}

/** ONNX Runtime is for those who want it: where it is not installed, nothing is wrong. */
const isMissed = (d: Diagnosis): boolean => d.name !== 'onnx' || d.usable || d.failure.code !== 'backend-absent';

/** The report for people, in the output channel and on the command line. */
export function doctorText(report: DoctorReport): string {
  return [
    `Measuring backends (Node ${report.node}, ${report.platform})`,
    ...report.backends.filter(isMissed).flatMap(linesOf),
    report.auto === undefined ? '  auto: none is usable' : `  auto takes ${report.auto}`,
  ].join('\n');
}
