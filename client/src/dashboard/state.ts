import type {
  CostNumbers,
  PictureBackbone,
  ScoreFrontier,
  SearchDesign,
  SearchNumbers,
  SearchParams,
  SearchStartedParams,
} from '../../../server/src/server/protocol.ts';

/**
 * What the dashboard shows. The extension host owns it; the webview gets a snapshot and then the same events, which
 * both put through the same `reduce`. Plain data: it is posted to the webview and kept in the workspace's state.
 */

export type RunStatus = 'running' | 'paused' | 'done' | 'stopped' | 'failed' | 'interrupted';

/** One moment of a search. */
export interface Point {
  readonly evaluations: number;
  readonly score: number;
  readonly bound?: number;
  readonly median?: number;
  readonly worst?: number;
  /** Of the best design at that moment. */
  readonly costs: CostNumbers;
}

export type Target = SearchParams['target'];

/** What a search's answer depends on beside its target: the same again gives the same answer. */
export interface Searched {
  /** A digest of the file's text, which has the settings. */
  readonly text: string;
  /** Costs of the front that was kept. */
  readonly pareto: readonly string[];
  /** Where it is not the one of the text. */
  readonly seed?: number;
  /** Whether a proof was asked for beside the text. */
  readonly prove?: boolean;
  /** Whether it was asked of the text's own design only. */
  readonly check?: boolean;
}

export interface Run {
  /** Unique in the workspace, over sessions. */
  readonly id: string;
  readonly uri: string;
  /** What of the file is searched, to search it again. */
  readonly target: Target;
  /** What was searched; runs of older versions do not know it. */
  readonly searched?: Searched;
  /** Milliseconds since 1970. */
  readonly begun: number;
  readonly status: RunStatus;
  /** One line for people: the progress, or how it ended. */
  readonly message: string;
  readonly about: Omit<SearchStartedParams, 'run'>;
  readonly fraction: number;
  readonly now: SearchNumbers;
  readonly points: readonly Point[];
  readonly front: readonly SearchDesign[];
  /** The best score over a limit of the budget, once it was asked for. */
  readonly frontier?: ScoreFrontier;
}

/** A line of the diff of the best design against the file. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  readonly text: string;
}

export interface DashboardState {
  /** The newest first. */
  readonly runs: readonly Run[];
  /** The file that the dashboard is about: the one in front, or that of a run that was opened. */
  readonly file: string | undefined;
  /** The run that is open, one of the file's. */
  readonly shown: string | undefined;
  /** Runs beside it in the comparison. */
  readonly compared: readonly string[];
  /** The open run's best design against the file. */
  readonly diff: readonly DiffLine[];
  /** The same design, to be drawn. */
  readonly drawing: PictureBackbone | undefined;
  /** Whether the file has another text than the open run searched. */
  readonly changed: boolean;
}

export type DashboardEvent =
  | { readonly type: 'started'; readonly run: Run }
  | {
      readonly type: 'tick';
      readonly id: string;
      readonly now: SearchNumbers;
      readonly fraction: number;
      readonly message: string;
      readonly population?: { readonly median: number; readonly worst: number };
      readonly front?: readonly SearchDesign[];
    }
  | { readonly type: 'status'; readonly id: string; readonly status: RunStatus; readonly message: string }
  | { readonly type: 'frontier'; readonly id: string; readonly frontier: ScoreFrontier }
  | { readonly type: 'show'; readonly id: string }
  /** Another file is in front. */
  | { readonly type: 'file'; readonly uri: string }
  | { readonly type: 'compare'; readonly ids: readonly string[] }
  | { readonly type: 'removed'; readonly id: string }
  | {
      readonly type: 'diff';
      readonly id: string;
      readonly lines: readonly DiffLine[];
      readonly drawing?: PictureBackbone;
      readonly changed?: boolean;
    };

/** Runs that are remembered. */
export const KEPT_RUNS = 20;
/** Moments of one run; when there are more, every second one is forgotten. */
export const KEPT_POINTS = 600;

/** Nothing is known of the open run's design yet. */
const UNKNOWN = { diff: [], drawing: undefined, changed: false } as const;

export const EMPTY: DashboardState = { runs: [], file: undefined, shown: undefined, compared: [], ...UNKNOWN };

export const isLive = (run: Run): boolean => run.status === 'running' || run.status === 'paused';

export const shownRun = (state: DashboardState): Run | undefined => state.runs.find((r) => r.id === state.shown);

export function reduce(state: DashboardState, event: DashboardEvent): DashboardState {
  switch (event.type) {
    case 'started': {
      const runs = [event.run, ...state.runs].slice(0, KEPT_RUNS);
      const { id: shown, uri: file } = event.run;
      return { runs, file, shown, compared: known(state.compared, runs), ...UNKNOWN };
    }
    case 'tick':
      return change(state, event.id, (run) => {
        const { now, fraction, message, population, front = run.front } = event;
        const bound = now.bound === undefined ? {} : { bound: now.bound };
        const { evaluations, score } = now;
        const point: Point = { evaluations, score, ...bound, ...population, costs: now.best.costs };
        return { ...run, now, fraction, message, front, points: thinned([...run.points, point], KEPT_POINTS) };
      });
    case 'status':
      return change(state, event.id, (run) => ({ ...run, status: event.status, message: event.message }));
    case 'frontier':
      return change(state, event.id, (run) => ({ ...run, frontier: event.frontier }));
    case 'show': {
      const run = state.runs.find((r) => r.id === event.id);
      if (event.id === state.shown || run === undefined) return state;
      return { ...state, file: run.uri, shown: run.id, ...UNKNOWN };
    }
    case 'file':
      if (event.uri === state.file) return state;
      return { ...state, file: event.uri, shown: newestOf(state.runs, event.uri), ...UNKNOWN };
    case 'compare':
      return { ...state, compared: known(event.ids, state.runs) };
    case 'removed': {
      const runs = state.runs.filter((r) => r.id !== event.id);
      const rest = { runs, compared: known(state.compared, runs) };
      if (state.shown !== event.id) return { ...state, ...rest };
      return { ...rest, file: state.file, shown: newestOf(runs, state.file), ...UNKNOWN };
    }
    case 'diff':
      if (event.id !== state.shown) return state;
      return { ...state, diff: event.lines, drawing: event.drawing, changed: event.changed === true };
  }
}

function change(state: DashboardState, id: string, how: (run: Run) => Run): DashboardState {
  return { ...state, runs: state.runs.map((run) => (run.id === id ? how(run) : run)) };
}

const newestOf = (runs: readonly Run[], uri: string | undefined): string | undefined =>
  runs.find((r) => r.uri === uri)?.id;

const known = (ids: readonly string[], runs: readonly Run[]): string[] =>
  ids.filter((id) => runs.some((r) => r.id === id));

/** Every second point but the first and the last, once there are more than `most`. */
export function thinned<T>(points: readonly T[], most: number): readonly T[] {
  let kept = points;
  while (kept.length > Math.max(2, most)) {
    const last = kept.length - 1;
    kept = kept.filter((_, index) => index % 2 === 0 || index === last);
  }
  return kept;
}

export interface Begun {
  readonly uri: string;
  readonly target: Target;
  readonly searched: Searched;
  readonly begun: number;
}

/** The newest run that gave the answer which this search would give. */
export const sameSearch = (runs: readonly Run[], wanted: Omit<Begun, 'begun'>): Run | undefined =>
  runs.find((run) => run.status === 'done' && isRepeatable(run) && keyOf(run) === keyOf(wanted));

/** A measured score and an end by the clock are the machine's, and not the text's alone. */
const isRepeatable = ({ about: { settings } }: Run): boolean =>
  settings['objective'] !== 'zen-measured' && settings['time-limit'] === undefined;

const keyOf = ({ uri, target: { kind, id }, searched }: Pick<Run, 'uri' | 'target' | 'searched'>): string =>
  JSON.stringify([uri, kind, id, searched?.text, searched?.pareto, searched?.seed, searched?.prove, searched?.check]);

/** A seed that no run of the same text has tried. */
export function nextSeed(runs: readonly Run[], like: Run): number {
  const same = runs.filter((run) => run.uri === like.uri && run.searched?.text === like.searched?.text);
  return 1 + Math.max(...[like, ...same].map(({ about }) => Number(about.settings['seed'] ?? 0)));
}

/** A run that begins: its start network is its first point. */
export function newRun({ uri, target, searched, begun }: Begun, { run: id, ...about }: SearchStartedParams): Run {
  const { score, costs } = about.start;
  return {
    id,
    uri,
    target,
    searched,
    begun,
    status: 'running',
    message: '',
    about,
    fraction: 0,
    now: { evaluations: 0, seconds: 0, evaluationsPerSecond: 0, score, best: about.start },
    points: [{ evaluations: 0, score, costs }],
    front: [],
  };
}
