import { CHANNELS, type NumberArgument } from '../backbone/arguments.ts';
import type { Network } from '../backbone/lower.ts';
import { partFaults } from './check.ts';
import type { Detector, Part, PartKind } from './detector.ts';
import { numberOf } from './part-arguments.ts';

/** So many combinations of values are tried at most. */
export const MOST_VARIANTS = 64;

/** A number of a neck or head that is tried at lighter values. */
export interface Varied {
  /** As the text has it: `neck.out`. */
  readonly name: string;
  /** Every kind stands once in a detector. */
  readonly kind: PartKind;
  readonly argument: NumberArgument;
}

/** A detector with one combination of values. */
export interface Variant {
  /** By the names of what is varied. */
  readonly values: Readonly<Record<string, number>>;
  readonly detector: Detector;
}

const SHARES = [1, 3 / 4, 1 / 2, 1 / 4];

/** Widths are multiples of these: GroupNorm has so many groups, and devices such lanes. */
const [COARSE, FINE] = [32, 8];

/** The written value and lighter ones, down to a quarter: widths as multiples of 32, or else of 8, and counts as they round. */
export function lighterValues({ rule }: NumberArgument, written: number): number[] {
  const isWidth = rule.min === CHANNELS.min && rule.max === CHANNELS.max;
  const step = !isWidth ? 1 : written % COARSE === 0 ? COARSE : FINE;
  const values = SHARES.slice(1).map((share) => Math.max(step, rule.min, step * Math.round((written * share) / step)));
  return [...new Set([written, ...values.filter((value) => value < written)])];
}

/** How many combinations there are, those that no detector can have among them. */
export const combinations = (lists: readonly (readonly number[])[]): number =>
  lists.reduce((product, { length }) => product * length, 1);

/**
 * The detector as it is written first, then with each combination of lighter values. What the parts find wrong with it is
 * left out, and of more combinations than are tried there is only the detector itself.
 */
export function variantsOf(detector: Detector, backbone: Network, varied: readonly Varied[]): Variant[] {
  const lists = varied.map((own) => ({ own, tried: lighterValues(own.argument, writtenValue(detector, own)) }));
  const [written = {}, ...lighter] = lists.reduce<Variant['values'][]>(
    (all, { own, tried }) => all.flatMap((values) => tried.map((value) => ({ ...values, [own.name]: value }))),
    [{}],
  );
  const first = { values: written, detector };
  if (combinations(lists.map(({ tried }) => tried)) > MOST_VARIANTS) return [first];
  const others = lighter.map((values) => ({ values, detector: withValues(detector, varied, values) }));
  return [first, ...others.filter((variant) => partFaults(variant.detector, backbone).length === 0)];
}

function writtenValue({ neck, heads }: Detector, { kind, argument }: Varied): number {
  const part = [neck, ...heads].find((own) => own?.kind === kind);
  return part === undefined ? 0 : numberOf(part.values, argument.name);
}

function withValues(detector: Detector, varied: readonly Varied[], values: Variant['values']): Detector {
  const changed = (part: Part): Part => {
    const own = varied.flatMap(({ name, kind, argument }) =>
      kind === part.kind ? [[argument.name, values[name] ?? numberOf(part.values, argument.name)] as const] : [],
    );
    return own.length === 0 ? part : { ...part, values: { ...part.values, ...Object.fromEntries(own) } };
  };
  const { neck, heads } = detector;
  return { ...detector, neck: neck && changed(neck), heads: heads.map(changed) };
}
