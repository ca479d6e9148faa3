import type { BackendName, BackendSettings } from './backends/backend.ts';
import type { MeasureClient, MeasureOptions } from './client.ts';
import type { Diagnosis, DoctorReport, Machine } from './doctor-report.ts';
import { done, type Outcome } from './failure.ts';
import type { Examined } from './messages.ts';

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
  machine: Machine,
  options: MeasureOptions = {},
): Promise<Outcome<DoctorReport>> {
  const examined = await client.examine(settings, options);
  if (!examined.ok) return examined;
  const backends = examined.value.backends.map(diagnosisOf);
  return done({ ...machine, backends, auto: autoOf(backends) });
}
