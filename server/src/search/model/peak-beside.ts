import type { Backbone } from '../../backbone/backbone.ts';
import type { PerChannel } from '../../cost/downstream.ts';
import type { Beside } from './beside.ts';
import { GENES, OUT } from './genome.ts';
import { channelOwner } from './objective.ts';

/** What is alive at once in one place: one + Σ adds · (the output gene of a group). */
interface Form {
  readonly one: number;
  /** Where each gene stands in a row. */
  readonly genes: Int32Array;
  readonly adds: Float64Array;
}

/** The peak of a chain some of whose outputs wait for what stands behind it. */
export class PeakBeside {
  private readonly waiting: readonly Form[];
  private readonly alive: readonly Form[];

  constructor({ groups, alive }: Beside, start: Backbone) {
    const formOf = (one: number, perChannel: readonly PerChannel<number>[]): Form => {
      const owned = perChannel.map(({ group, adds }) => ({ owner: channelOwner(start, group), adds }));
      const moving = owned.filter(({ owner }) => owner >= 0);
      const image = owned.reduce((sum, { owner, adds }) => (owner < 0 ? sum + adds * start.input.channels : sum), one);
      return {
        one: image,
        genes: Int32Array.from(moving, ({ owner }) => GENES * owner + OUT),
        adds: Float64Array.from(moving, ({ adds }) => adds),
      };
    };
    this.waiting = groups.map(({ waiting }) => formOf(0, waiting));
    this.alive = alive.map(({ one, perChannel }) => formOf(one, perChannel));
  }

  /**
   * @param at where the genes of the design begin
   * @param terms with the peak of each group alone, from `first` on, each `stride` behind the one before
   */
  of(genes: Int32Array, at: number, terms: Float64Array, first: number, stride: number): number {
    const { waiting, alive } = this;
    let most = 0;
    for (let g = 0; g < waiting.length; g++)
      most = Math.max(most, (terms[first + g * stride] ?? 0) + bytesOf(waiting[g], genes, at));
    for (let i = 0; i < alive.length; i++) most = Math.max(most, bytesOf(alive[i], genes, at));
    return most;
  }
}

function bytesOf(form: Form | undefined, genes: Int32Array, at: number): number {
  if (form === undefined) return 0;
  let bytes = form.one;
  for (let i = 0; i < form.genes.length; i++) bytes += (form.adds[i] ?? 0) * (genes[at + (form.genes[i] ?? 0)] ?? 0);
  return bytes;
}
