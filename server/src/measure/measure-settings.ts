import type { BackendChoice, BackendSettings } from './backends/backend.ts';
import type { MeasuredActivation } from './plan.ts';

export interface MeasureSettings {
  readonly backend: BackendChoice;
  readonly activation: MeasuredActivation;
  readonly draws: number;
  readonly seed: number;
  /** Draws of the Zen-Score, which costs two to eight times an entropy's; 0 leaves it out. */
  readonly zenDraws: number;
  readonly workers: number;
  readonly backends: BackendSettings;
}

/** What is measured where nobody says otherwise; how many threads there are is the machine's. */
export const MEASURE_DEFAULTS: Omit<MeasureSettings, 'workers'> = {
  backend: 'auto',
  activation: 'relu',
  draws: 4,
  seed: 0,
  zenDraws: 0,
  backends: { cudaFolders: [] },
};
