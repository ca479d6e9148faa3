import type { SearchTask } from '../search/task.ts';
import type { Priced } from './price-text.ts';
import type { SnapshotBackbone, SnapshotDetector } from './snapshot.ts';

/**
 * One stage as a forward pass with random weights found it, over the draws, beside its prediction: H in nats as the closed
 * forms mean it, log σ + log(channels), and ½ log 2 given back for each ReLU on the way, which is exactly what it takes.
 */
export interface MeasuredStage {
  readonly name: string;
  readonly mean: number;
  readonly sd: number;
  readonly predicted: number;
  /** How many standard errors measurement and prediction are apart; undefined where no theory tells the spread. */
  readonly z: number | undefined;
}

/** A measured number never goes without its device, draws and spread. */
export interface MeasuredBackbone {
  readonly backend: string;
  readonly device: string;
  readonly draws: number;
  readonly seed: number;
  readonly activation: 'linear' | 'relu';
  readonly stages: readonly MeasuredStage[];
  readonly seconds: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Draws of a measurement that runs. */
export interface MeasureProgress {
  readonly done: number;
  readonly total: number;
}

/** What is known of a backbone beyond its own text. */
export interface Knowledge {
  /** «at most 0.04 % below the best possible», for a design that a search found. */
  readonly certificate: (backbone: SnapshotBackbone) => string | undefined;
  /** The same of a detector whose backbone a search found for its budget. */
  readonly detectorCertificate: (detector: SnapshotDetector) => string | undefined;
  /** What a search of this session found the budget of the same task to be worth, whatever its seed and its length. */
  readonly prices: (task: SearchTask) => Priced | undefined;
  /** Whether any search of this session found what its budget is worth. */
  readonly anyPrices: () => boolean;
  readonly measured: (backbone: SnapshotBackbone) => MeasuredBackbone | undefined;
  /** Undefined while it is not measured. */
  readonly measuring: (backbone: SnapshotBackbone) => MeasureProgress | undefined;
  readonly now: () => number;
}

export const NOTHING_KNOWN: Knowledge = {
  certificate: () => undefined,
  detectorCertificate: () => undefined,
  prices: () => undefined,
  anyPrices: () => false,
  measured: () => undefined,
  measuring: () => undefined,
  now: () => 0,
};
