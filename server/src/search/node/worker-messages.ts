import type { Certificate, EpochJob, IslandState } from '../executor.ts';
import type { SearchTask } from '../task.ts';

/** To a search worker: one job under a number. */
export type Request =
  | { readonly id: number; readonly kind: 'evolve'; readonly job: EpochJob }
  | { readonly id: number; readonly kind: 'certify'; readonly task: SearchTask }
  | {
      readonly id: number;
      readonly kind: 'sharpen';
      readonly task: SearchTask;
      readonly certificate: Certificate;
      readonly best: Int32Array;
    };

/** From a search worker: the answer under the same number. */
export type Response =
  | { readonly id: number; readonly kind: 'evolved'; readonly state: IslandState }
  | { readonly id: number; readonly kind: 'certified'; readonly certificate: Certificate | undefined }
  | { readonly id: number; readonly kind: 'sharpened'; readonly certificate: Certificate };
