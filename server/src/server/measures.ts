import type { MeasuredBackbone, MeasureProgress } from '../features/knowledge.ts';
import type { Snapshot, SnapshotBackbone } from '../features/snapshot.ts';
import type { DoctorReport } from '../measure/doctor-report.ts';
import type { MeasureFailure, Outcome } from '../measure/failure.ts';
import type { Scorer } from '../search/measured/scorer.ts';
import type { SearchTask } from '../search/task.ts';
import type { MeasureRules } from './settings.ts';

/** Measures backbones and remembers what came out. Nothing here ever fails a request: trouble goes to the status item. */
export interface Measures {
  /** Whoever shows measured numbers is told of each new one. */
  onResult(changed: () => void): void;
  /** Whoever shows what is being measured is told when that is another, a few times a second. */
  onProgress(progressed: () => void): void;
  /** What was measured of the design as it stands in the text. */
  of(backbone: SnapshotBackbone): MeasuredBackbone | undefined;
  /** How far a measurement of the design is that runs or waits. */
  progressOf(backbone: SnapshotBackbone): MeasureProgress | undefined;
  /** Does what `cancel` ends, whatever it does before it measures. */
  cancellable(work: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /** Measures the readable backbones of a snapshot, one after the other; a newer request for the same one wins. */
  measure(
    snapshot: Snapshot,
    rules: MeasureRules,
    signal: AbortSignal,
    only?: string,
  ): Promise<readonly MeasureFailure[]>;
  /** What measures the designs of one search. A measurement of the text comes in between two of its batches. */
  scorer(rules: MeasureRules, task: Pick<SearchTask, 'seed' | 'workers'>): Scorer;
  /** What each backend can do here, for the Doctor. */
  doctor(rules: MeasureRules, signal: AbortSignal): Promise<Outcome<DoctorReport>>;
  /** Every backend is opened anew: one may have come, or its folder may be trusted now. */
  forgetBackends(): void;
  cancel(): void;
  close(): void;
}
