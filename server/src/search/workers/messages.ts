import type { Certificate, EpochJob, IslandState, Proof, ProofJob } from '../executor.ts';
import type { SearchTask } from '../task.ts';
import type { Work } from '../work.ts';

/** To a worker: one job under a number. */
export type Request =
  | { readonly id: number; readonly kind: 'evolve'; readonly job: EpochJob }
  | { readonly id: number; readonly kind: 'certify'; readonly task: SearchTask }
  | { readonly id: number; readonly kind: 'prove'; readonly job: ProofJob };

/** From a worker: the answer under the same number. */
export type Response =
  | { readonly id: number; readonly kind: 'evolved'; readonly state: IslandState }
  | { readonly id: number; readonly kind: 'certified'; readonly certificate?: Certificate | undefined }
  | { readonly id: number; readonly kind: 'proved'; readonly proof: Proof }
  /** The job went wrong, and would again. */
  | { readonly id: number; readonly kind: 'failed'; readonly message: string };

/** What a worker answers: it never throws. */
export function answerOf(work: Work, request: Request): Response {
  try {
    return done(work, request);
  } catch (error) {
    return { id: request.id, kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

function done(work: Work, request: Request): Response {
  const { id } = request;
  switch (request.kind) {
    case 'evolve':
      return { id, kind: 'evolved', state: work.evolve(request.job) };
    case 'certify':
      return { id, kind: 'certified', certificate: work.certify(request.task) };
    case 'prove': {
      const attempt = work.prove(request.job);
      for (;;) {
        const step = attempt.next(false);
        if (step.done === true) return { id, kind: 'proved', proof: step.value };
      }
    }
  }
}
