/**
 * How much a proof may take. It is counted in choices that are priced, some 25 ns each, and not in time, so that the same
 * search has the same answer on every machine.
 */
export class Effort {
  spent = 0;
  readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  spend(choices: number): void {
    this.spent += choices;
  }

  get left(): number {
    return this.most - this.spent;
  }
}

/** What a label takes, and a choice with its exact numbers, in choices that are priced. */
export const LABEL = 20;
export const EXACT = 30;
/** What a programme takes beside its choices. */
export const PROGRAMME = 500;
