import { type BackendName, measuresZen } from './backends/backend.ts';
import type { MeasureFailure } from './failure.ts';

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

export interface Machine {
  /** Node's version; empty in a browser. */
  readonly node: string;
  readonly platform: string;
}

export interface DoctorReport extends Machine {
  readonly backends: readonly Diagnosis[];
  /** What `auto` takes: the fastest that proved itself, a GPU backend only with a GPU. */
  readonly auto: BackendName | undefined;
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
    `Measuring backends (${report.node === '' ? '' : `Node ${report.node}, `}${report.platform})`,
    ...report.backends.filter(isMissed).flatMap(linesOf),
    report.auto === undefined ? '  auto: none is usable' : `  auto takes ${report.auto}`,
  ].join('\n');
}
