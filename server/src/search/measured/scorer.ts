import type { Backbone } from '../../backbone/backbone.ts';

/** What a measured score was got with: scores of two instruments are never compared. */
export interface Instrument {
  readonly backend: string;
  readonly device: string;
  /** Draws of weights and noise that a score is the mean of; the same ones for every design. */
  readonly draws: number;
}

export const sameInstrument = (a: Instrument, b: Instrument): boolean =>
  a.backend === b.backend && a.device === b.device && a.draws === b.draws;

/** «wasm on Intel …, 2 draws each» */
export const instrumentText = ({ backend, device, draws }: Instrument): string =>
  `${backend} on ${device}, ${draws} ${draws === 1 ? 'draw' : 'draws'} each`;

export type Scoring =
  | {
      readonly kind: 'scored';
      /** In the order of the designs; −∞ for one that cannot be measured. */
      readonly scores: readonly number[];
      readonly instrument: Instrument;
      /** Why a design could not be measured, where that happened. */
      readonly unmeasured?: string;
    }
  | { readonly kind: 'cancelled' }
  /** Nothing can be measured any more, however often it was tried. */
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Whoever measures designs for a search. The search knows no device: a batch goes in, its scores come out, and the same
 * design always has the same score.
 */
export interface Scorer {
  score(designs: readonly Backbone[], signal?: AbortSignal): Promise<Scoring>;
}
