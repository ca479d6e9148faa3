import type { Begun, DashboardEvent } from '../../../client/src/dashboard/state.ts';
import type { SearchDesign, SearchStartedParams } from '../../../server/src/server/protocol.ts';

/** Made-up searches for the tests of the dashboard. */

export const BEGUN: Begun = {
  uri: 'file:///a.mae',
  target: { kind: 'search', id: '0' },
  searched: { text: 'a digest', pareto: [] },
  begun: 1,
};

export const design = (score: number, macs = score * 1e6): SearchDesign => ({
  id: `design ${score}`,
  score,
  costs: { macs, layers: 20 },
  text: `backbone small { ${score} }\n`,
});

export const about = (run: string): SearchStartedParams => ({
  run,
  name: 'search',
  backbone: 'small',
  budget: 'laptop',
  limits: [
    { cost: 'macs', amount: 400e6 },
    { cost: 'layers', amount: 40 },
  ],
  settings: { seed: 7, evaluations: 100_000 },
  start: design(100),
  units: { macs: 'count', layers: 'layers', params: 'count', memory: 'bytes' },
  scoreUnit: 'nats',
});

export const tick = (id: string, evaluations: number, score: number): Extract<DashboardEvent, { type: 'tick' }> => ({
  type: 'tick',
  id,
  fraction: evaluations / 100_000,
  message: 'going on',
  population: { median: score - 5, worst: score - 10 },
  now: {
    evaluations,
    seconds: evaluations / 1e6,
    evaluationsPerSecond: 1e6,
    score,
    bound: 200,
    gap: 1 - score / 200,
    best: design(score),
  },
});
