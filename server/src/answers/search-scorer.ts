import type { BackendChoice } from '../measure/backends/backend.ts';
import { zenScorer } from '../measure/zen-scorer.ts';
import type { Scorer } from '../search/measured/scorer.ts';
import { isMeasured, type SearchTask } from '../search/task.ts';
import { backendSettings, openMeasureClient } from './measure-program.ts';

/** What a search measures on by default: the same everywhere, so that the same seed gives the same answer. */
export const SEARCH_BACKEND: BackendChoice = 'wasm';

/** Runs a search with what measures its designs, where its score is measured. The process is gone afterwards. */
export async function withScorer<T>(
  task: SearchTask,
  backend: BackendChoice,
  run: (scorer: Scorer | undefined) => Promise<T>,
): Promise<T> {
  if (!isMeasured(task)) return run(undefined);
  const client = openMeasureClient();
  const settings = { backend, seed: task.seed, workers: task.workers, backends: backendSettings() };
  try {
    return await run(zenScorer(client, settings, 'search'));
  } finally {
    client.close();
  }
}
