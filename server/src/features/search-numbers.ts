/** Every cost of a design by its name in budgets: multiply–accumulates, parameters, layers, bytes. */
export type CostNumbers = Readonly<Record<string, number>>;

/** A design that a search met. */
export interface SearchDesign {
  /** The server keeps the design under it, to be asked for what it changes in a text. The same design has the same id, whoever met it. */
  readonly id: string;
  readonly score: number;
  readonly costs: CostNumbers;
  /** The backbone as canonical text: to read, to copy and to remember. */
  readonly text: string;
}

/** How far a search is: what its progress and its result have in common. */
export interface SearchNumbers {
  readonly evaluations: number;
  readonly seconds: number;
  readonly evaluationsPerSecond: number;
  readonly score: number;
  /** No design scores higher, or costs less when a cost is minimised; absent while nobody knows. */
  readonly bound?: number;
  /** 1 − score / bound, or 1 − bound / cost */
  readonly gap?: number;
  /** No design of the space within the budget is better; absent where that is not known. */
  readonly proven?: boolean;
  /** Score per unit of each cost of the budget, or how much of the minimised cost a unit more saves; absent where not known. */
  readonly prices?: CostNumbers;
  readonly best: SearchDesign;
}
