import type { CostName } from './budget.ts';

/** Costs by name; what is not named is 0. */
export type SomeCosts = Readonly<Record<CostName, number>>;

/** An amount that grows with the channels that groups of a backbone hand on. */
export interface PerChannel<T> {
  /** Index of the group. */
  readonly group: number;
  /** What each channel of its output adds. */
  readonly adds: T;
}

/**
 * An amount that grows with a group's channels in steps, as a device's kernels take them by the block: `amounts[i]` for channels up
 * to i · step. Beyond the last it grows as between the last two.
 */
export interface Stepped {
  readonly group: number;
  readonly cost: CostName;
  readonly step: number;
  readonly amounts: readonly number[];
}

export function steppedAt({ step, amounts }: Stepped, channels: number): number {
  const at = Math.ceil(channels / step);
  const last = amounts.length - 1;
  const most = amounts[last] ?? 0;
  return at <= last ? (amounts[at] ?? 0) : most + (at - last) * (most - (amounts[last - 1] ?? 0));
}

/** Elements that are alive at once while a piece of it runs: `one` + Σ adds · channels. */
export interface AliveForm {
  readonly one: number;
  readonly perChannel: readonly PerChannel<number>[];
}

/**
 * What stands behind a backbone and is paid with it, such as a detector's neck and heads. It reads outputs of the backbone by
 * 1×1 or k×k convolutions of its own width, so that every cost of it that is a sum is linear in their channels, but for times on
 * devices, which grow with them in steps. Plain data:
 * a search carries it to its workers and into its checkpoints, and knows nothing else of detectors.
 */
export interface Downstream {
  /** Of the detector, for messages. */
  readonly name: string;
  /** What it costs whatever the backbone's channels are. */
  readonly costs: SomeCosts;
  readonly perChannel: readonly PerChannel<SomeCosts>[];
  /** What is no line in the channels: times on devices. */
  readonly stepped?: readonly Stepped[];
  /** The groups whose outputs it reads: they stay alive until the backbone is through. */
  readonly reads: readonly number[];
  /** Those of them whose channels must stay as they are, because one set of weights reads several. */
  readonly kept: readonly number[];
  /** What is alive in each piece of it; the greatest counts. */
  readonly alive: readonly AliveForm[];
}

/** What the downstream of a design costs, of one cost that is a sum. */
export function downstreamCost(downstream: Downstream, cost: CostName, channelsOf: (group: number) => number): number {
  const linear = downstream.perChannel.reduce(
    (sum, { group, adds }) => sum + (adds[cost] ?? 0) * channelsOf(group),
    downstream.costs[cost] ?? 0,
  );
  return (downstream.stepped ?? []).reduce(
    (sum, form) => (form.cost === cost ? sum + steppedAt(form, channelsOf(form.group)) : sum),
    linear,
  );
}
