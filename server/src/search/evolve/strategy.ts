import type { Outside } from './mutator.ts';

/** The rules of an evolution. docs/search.md says what each departure from the paper is worth. */
export interface Strategy {
  readonly islands: number;
  /** The parent is the best of this many members drawn uniformly; 1 is a uniform parent. */
  readonly tournament: number;
  /** Children that a parent has at most before another is drawn; it has no more once one of them is taken in. */
  readonly brood: number;
  /** Mutations of a child: uniformly 1 to this many, or exactly this many in the paper. */
  readonly mutations: number;
  readonly exactMutations: boolean;
  readonly outside: Outside;
  /** Candidates that a child may take to come back into the budget; 0 drops it. */
  readonly repairs: number;
  /** Share of width changes by ±8 … ±32 instead of by a factor. */
  readonly finest: { readonly coarse: number; readonly fine: number };
  /** Designs that survive the end of the coarse phase. */
  readonly survivors: number;
  /** The epoch in which the designs that the relaxation met join the islands, if they do. */
  readonly settling: number | undefined;
}

/** The paper's own rules: uniform parents, two mutations, over-budget children dropped, ten survivors. */
export const PAPER: Strategy = {
  islands: 1,
  tournament: 1,
  brood: 1,
  mutations: 2,
  exactMutations: true,
  outside: 'drop',
  repairs: 0,
  finest: { coarse: 0, fine: 0 },
  survivors: 10,
  settling: undefined,
};

export const DEFAULT: Strategy = {
  islands: 4,
  tournament: 2,
  brood: 4,
  mutations: 2,
  exactMutations: false,
  outside: 'clamp',
  repairs: 4,
  finest: { coarse: 0.5, fine: 0.9 },
  survivors: 10,
  settling: 1,
};

/**
 * The relaxation's designs, brought into the budget and polished by a local search: from the beginning they are the
 * population, and only small steps from the best of them are tried.
 */
export const EXACT: Strategy = {
  ...DEFAULT,
  islands: 1,
  tournament: 3,
  finest: { coarse: 0.95, fine: 0.95 },
  survivors: 32,
  settling: 0,
};
