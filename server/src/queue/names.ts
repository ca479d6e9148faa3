import type { Place } from './connection.ts';

/** One queue has the jobs of all sweeps: whoever comes first is done first. */
export const SWEEPS = 'sweep';

/** For a week what was found can be fetched (s). */
export const KEPT_SECONDS = 7 * 24 * 3600;

const base = ({ prefix }: Place): string => `${prefix}:runs`;

/** Of all runs: their ids by the time at which they began. */
export const runsKey = (place: Place): string => base(place);
export const runKey = (place: Place, run: string): string => `${base(place)}:${run}`;
/** There while a run is cancelled. */
export const cancelledKey = (place: Place, run: string): string => `${base(place)}:${run}:cancelled`;

export const jobId = (run: string, index: number): string => `${run}-${index}`;
