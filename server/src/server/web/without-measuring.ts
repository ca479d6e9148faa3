import type { MeasureFailure } from '../../measure/failure.ts';
import type { Measures } from '../measures.ts';

const FAILURE: MeasureFailure = {
  code: 'backend-absent',
  message: 'Entropy is not measured in the browser yet.',
  nextStep: 'Open the folder in VS Code on the desktop, or run mae measure.',
};

/** What measures nothing, and says so where somebody asks for it. */
export const withoutMeasuring = (): Measures => ({
  onResult: () => undefined,
  onProgress: () => undefined,
  of: () => undefined,
  progressOf: () => undefined,
  cancellable: async (work) => work(new AbortController().signal),
  measure: async () => [FAILURE],
  scorer: () => ({ score: async () => ({ kind: 'failed', message: FAILURE.message }) }),
  doctor: async () => ({ ok: false, failure: FAILURE }),
  forgetBackends: () => undefined,
  cancel: () => undefined,
  close: () => undefined,
});
