import type { MeasuredDesigns } from './measured/designs.ts';
import type { SearchTask } from './task.ts';

/** An island between two epochs, as plain data: what a worker, a checkpoint or another host needs to go on with it. */
export interface IslandState {
  readonly index: number;
  readonly evaluations: number;
  /** Evaluations when its best was found. */
  readonly improvedAt: number;
  readonly random: readonly number[];
  /** Whether the coarse phase is over. */
  readonly culled: boolean;
  /** Nothing can change any more. */
  readonly exhausted: boolean;
  /** Genes of the members, best first, one after the other. */
  readonly members: Int32Array;
  readonly fitness: Float64Array;
  /** Genes of the island's designs on the front, when the task keeps one. */
  readonly front: Int32Array;
  /** What was measured so far, where the score is measured. */
  readonly measured?: MeasuredDesigns;
}

/** One epoch of one island: evolve until it has computed `until` candidates, after the immigrants arrived. */
export interface EpochJob {
  readonly task: SearchTask;
  readonly state: IslandState;
  readonly until: number;
  /** Genes of one design from each neighbour, one after the other. */
  readonly immigrants: Int32Array;
  /** Genes of designs from the relaxation, which have yet to be brought into the budget. */
  readonly settlers: Int32Array;
}

/** What the relaxation says of a task: a bound that no design passes, and good designs that it met on its way. */
export interface Certificate {
  /** Upper bound of the score, or lower bound of the minimised cost. */
  readonly bound: number;
  /** Genes of designs, one after the other; they may be over the budget. */
  readonly designs: Int32Array;
  /** The prices at which the bound was taken; see bound/dual.ts. */
  readonly prices: Float64Array;
}

/** One attempt to prove that a design is the best, or to find a better one. */
export interface ProofJob {
  readonly task: SearchTask;
  readonly certificate: Certificate;
  /** Genes of the best design that is known. */
  readonly best: Int32Array;
  /** What it may take, in choices that are priced; see proof/effort.ts. */
  readonly effort: number;
  /** Seconds after which it ends with what it has, where the time is limited. */
  readonly seconds?: number;
}

/** What came of it: a certificate whose bound is no farther, and the best design that is known now. */
export interface Proof extends Certificate {
  readonly best: Int32Array;
  /** Whether no design of the space within the budget is better. */
  readonly proven: boolean;
}

/**
 * Where the work is done: in this thread, in other processes, or one day on other hosts. An epoch depends on nothing
 * but its job, so that it may run anywhere and, when a worker dies, again.
 */
export interface Executor {
  /** Whether it does several jobs at a time, and is better given more than it asks for. */
  readonly parallel: boolean;
  evolve(job: EpochJob): Promise<IslandState>;
  /** Undefined where no bound is known for the task's objective. */
  certify(task: SearchTask): Promise<Certificate | undefined>;
  /** Ends early, with what it has, when the signal is aborted and it can. */
  prove(job: ProofJob, signal?: AbortSignal): Promise<Proof>;
  /** Ends what is still running. */
  close(): Promise<void>;
}

/** A job could not be done, however often it was tried. */
export class WorkFailure extends Error {}

/** A job was given up because the search was told to stop; what was before it stands. */
export class Interrupted extends WorkFailure {}
