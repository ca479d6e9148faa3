import { type DashboardState, EMPTY, isLive, KEPT_RUNS, type Run, thinned } from './state.ts';

/** What `workspaceState` offers. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void> | Promise<void>;
}

const KEY = 'mae-det.searchRuns';
/** The format of what is kept; other formats are not read. */
const FORMAT = 1;
/** A run is remembered coarser than it was seen. */
const STORED_POINTS = 120;
const STORED_FRONT = 60;

/** The runs of a workspace, kept over reloads: bounded in number and size. */
export class History {
  private readonly memory: Memory;

  constructor(memory: Memory) {
    this.memory = memory;
  }

  /** A run that was going on when the window closed cannot go on: its search ended with the window. */
  load(interrupted: string): DashboardState {
    const stored = this.memory.get(KEY);
    if (!isStored(stored)) return EMPTY;
    const runs = stored.runs
      .map(withUnits)
      .map((run): Run => (isLive(run) ? { ...run, status: 'interrupted', message: interrupted } : run));
    const shown = runs.some((r) => r.id === stored.shown) ? stored.shown : runs[0]?.id;
    const file = runs.find((r) => r.id === shown)?.uri;
    return { ...EMPTY, runs, file, shown, compared: stored.compared };
  }

  async save({ runs, shown, compared }: DashboardState): Promise<void> {
    const stored: Stored = { format: FORMAT, runs: runs.slice(0, KEPT_RUNS).map(coarse), shown, compared };
    await this.memory.update(KEY, stored);
  }
}

/** What runs lack that were kept before a search said the units of its numbers. */
const withUnits = (run: Run): Run => ({ ...run, about: { ...BEFORE_UNITS, ...run.about } });

const BEFORE_UNITS: Pick<Run['about'], 'units' | 'scoreUnit'> = { units: {}, scoreUnit: 'nats' };

interface Stored {
  readonly format: number;
  readonly runs: readonly Run[];
  readonly shown: string | undefined;
  readonly compared: readonly string[];
}

/** Only we write there, so the format's number says enough about the rest. */
const isStored = (value: unknown): value is Stored =>
  typeof value === 'object' && value !== null && 'format' in value && value.format === FORMAT && 'runs' in value;

const coarse = (run: Run): Run => ({
  ...run,
  points: thinned(run.points, STORED_POINTS),
  front: thinned(run.front, STORED_FRONT),
});
