import type { BackboneAnalysis } from '../analysis/analyse.ts';
import type { Backbone } from '../backbone/backbone.ts';
import type { MeasuredBackbone, MeasureProgress } from '../features/knowledge.ts';
import type { Snapshot, SnapshotBackbone } from '../features/snapshot.ts';
import { MeasureCache } from '../measure/cache.ts';
import type { ClientState, MeasureClient } from '../measure/client.ts';
import { examine } from '../measure/doctor.ts';
import type { DoctorReport, Machine } from '../measure/doctor-report.ts';
import type { MeasureFailure, Outcome } from '../measure/failure.ts';
import { type Measurement, measureNetwork } from '../measure/measure.ts';
import { MEASURE_DEFAULTS } from '../measure/measure-settings.ts';
import { zenScorer } from '../measure/zen-scorer.ts';
import type { Scorer } from '../search/measured/scorer.ts';
import type { SearchTask } from '../search/task.ts';
import type { CodeFolders } from './code-folders.ts';
import { measuredKey } from './design-key.ts';
import type { Measures } from './measures.ts';
import { ProgressBoard } from './progress-board.ts';
import type { MeasureRules } from './settings.ts';
import type { StatusBoard } from './status-board.ts';

/** What measuring knows of the machine. */
export interface MeasuringMachine {
  readonly client: (onState: (state: ClientState) => void) => MeasureClient;
  /** Draws on wasm side by side. */
  readonly workers: number;
  readonly machine: Machine;
}

/** Results kept; each is a few numbers per stage. */
const KEPT = 500;

/** Begins the keys of questions that searches ask; those of documents begin with their URIs. */
const SEARCH_KEY = 'search ';

/** Failures that are somebody's wish and no trouble. */
const WISHED: readonly string[] = ['cancelled', 'superseded', 'closed'];

/**
 * Measures backbones in the measuring process and remembers what came out, by design and not by place: renaming,
 * commenting and saving again cost nothing. Nothing here ever fails a request: trouble goes to the status item.
 */
export class Measuring implements Measures {
  private readonly client: MeasureClient;
  private readonly cache = new MeasureCache();
  private readonly results = new Map<string, MeasuredBackbone>();
  private readonly running = new Set<AbortController>();
  private searches = 0;
  private readonly status: StatusBoard;
  private readonly progress = new ProgressBoard();
  private changed: () => void = () => undefined;
  private readonly codeFolders: CodeFolders;
  private readonly on: Pick<MeasuringMachine, 'workers' | 'machine'>;

  constructor(status: StatusBoard, codeFolders: CodeFolders, { client, ...on }: MeasuringMachine) {
    this.status = status;
    this.codeFolders = codeFolders;
    this.on = on;
    this.client = client((state) => this.show(state));
  }

  /** Whoever shows measured numbers is told of each new one. */
  onResult(changed: () => void): void {
    this.changed = changed;
  }

  /** Whoever shows what is being measured is told when that is another, a few times a second. */
  onProgress(progressed: () => void): void {
    this.progress.onChange(progressed);
  }

  /** What was measured of the design as it stands in the text. */
  of({ source }: SnapshotBackbone): MeasuredBackbone | undefined {
    // Before something was measured no design is written to ask for it.
    if (source.backbone === undefined || this.results.size === 0) return undefined;
    return this.results.get(measuredKey(source.backbone));
  }

  /** Does what `cancel` ends, whatever it does before it measures. */
  async cancellable(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const abort = new AbortController();
    this.running.add(abort);
    try {
      await work(abort.signal);
    } finally {
      this.running.delete(abort);
    }
  }

  /** How far a measurement of the design is that runs or waits. */
  progressOf({ source }: SnapshotBackbone): MeasureProgress | undefined {
    if (source.backbone === undefined || this.progress.isEmpty()) return undefined;
    return this.progress.of(measuredKey(source.backbone));
  }

  /** Measures the readable backbones of a snapshot, one after the other; a newer request for the same one wins. */
  async measure(
    snapshot: Snapshot,
    rules: MeasureRules,
    signal: AbortSignal,
    only?: string,
  ): Promise<readonly MeasureFailure[]> {
    const wanted = snapshot.backbones.filter((b) => b.fresh && (only === undefined || b.source.name === only));
    const failures: MeasureFailure[] = [];
    for (const backbone of wanted) {
      const key = `${snapshot.document.uri}#${backbone.source.name}`;
      const outcome = await this.measureOne(backbone, key, rules, signal);
      if (!outcome.ok && !WISHED.includes(outcome.failure.code)) failures.push(outcome.failure);
      if (!outcome.ok && outcome.failure.code === 'cancelled') break;
    }
    return failures;
  }

  private async measureOne(
    backbone: SnapshotBackbone,
    key: string,
    rules: MeasureRules,
    signal: AbortSignal,
  ): Promise<Outcome<Measurement>> {
    const { analysis, source } = backbone;
    if (analysis === undefined || source.backbone === undefined) return NOT_READABLE;
    const settings = {
      ...MEASURE_DEFAULTS,
      workers: this.on.workers,
      ...rules.settings,
      backends: { cudaFolders: this.codeFolders.list(rules.cudaFolder) },
    };
    const using = { client: this.client, cache: this.cache };
    const outcome = await this.progress.during(measuredKey(source.backbone), settings.draws, (onProgress) =>
      measureNetwork(analysis.network, settings, using, { key, signal, onProgress }),
    );
    if (outcome.ok) this.remember(source.backbone, analysis, outcome.value);
    return outcome;
  }

  /** What measures the designs of one search. A measurement of the text comes in between two of its batches. */
  scorer(rules: MeasureRules, { seed, workers }: Pick<SearchTask, 'seed' | 'workers'>): Scorer {
    this.searches += 1;
    const { backend } = rules.settings;
    const settings = { backend, seed, workers, backends: { cudaFolders: this.codeFolders.list(rules.cudaFolder) } };
    return zenScorer(this.client, settings, `${SEARCH_KEY}${this.searches}`);
  }

  /** What each backend can do here, for the Doctor. */
  doctor(rules: MeasureRules, signal: AbortSignal): Promise<Outcome<DoctorReport>> {
    this.forgetBackends();
    return examine(this.client, { cudaFolders: this.codeFolders.list(rules.cudaFolder) }, this.on.machine, { signal });
  }

  /** Every backend is opened anew: one may have come, or its folder may be trusted now. */
  forgetBackends(): void {
    this.client.reset();
    this.cache.forgetDevices();
  }

  cancel(): void {
    for (const abort of this.running) abort.abort();
  }

  close(): void {
    this.client.close();
  }

  private remember(backbone: Backbone, analysis: BackboneAnalysis, measurement: Measurement): void {
    const { backend, device, draws, seed, activation, seconds } = measurement;
    const stages = measurement.stages.map((s, index) => {
      const { linear = 0, relu = 0 } = analysis.stages[index]?.logStd.exact ?? {};
      const toEntropy = Math.log(s.channels) + (activation === 'relu' ? linear - relu : 0);
      const { mean, sd } = s.logStd;
      return { name: s.name, mean: mean + toEntropy, sd, predicted: s.predicted.mean + toEntropy, z: s.z };
    });
    const key = measuredKey(backbone);
    this.results.delete(key);
    this.results.set(key, { backend, device, draws, seed, activation, stages, seconds, at: Date.now() });
    for (const oldest of [...this.results.keys()].slice(0, this.results.size - KEPT)) this.results.delete(oldest);
    this.changed();
  }

  private show(state: ClientState): void {
    if (state.kind === 'idle') this.status.set('measure', undefined);
    else if (state.kind === 'unavailable') {
      const { message, nextStep } = state.failure;
      this.status.set('measure', {
        health: 'warning',
        message: 'Measuring failed',
        detail: `${message} ${nextStep}`.trim(),
      });
    } else if (!state.key.startsWith(SEARCH_KEY)) {
      const name = state.key.slice(state.key.lastIndexOf('#') + 1);
      const share = state.total > 0 ? `: ${state.done} of ${state.total}` : '';
      this.status.set('measure', { health: 'busy', message: `Measuring ${name}${share}`, cancel: true });
    }
  }
}

const NOT_READABLE: Outcome<never> = {
  ok: false,
  failure: {
    code: 'internal',
    message: 'The backbone cannot be read yet.',
    nextStep: 'Mend the problems in the text.',
  },
};
