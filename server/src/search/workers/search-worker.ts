import { unheld } from '../../../../common/unheld.ts';
import type { Request, Response } from './messages.ts';

/** Who has lent a worker: it hears every answer, and of its death once. */
export interface Employer {
  readonly hear: (response: Response) => void;
  readonly died: (cause: string) => void;
}

/** One search worker, which answers requests in their order, until it is ended or dies. What runs it is its machine's. */
export abstract class SearchWorker {
  employer: Employer | undefined;
  private dead = false;
  /** Requests without an answer yet. */
  private open = 0;
  private quiet: (() => void) | undefined;

  get alive(): boolean {
    return !this.dead;
  }

  get busy(): boolean {
    return this.open > 0;
  }

  send(request: Request): void {
    this.open += 1;
    this.hold(true);
    this.post(request);
  }

  /** Waits until every request is answered; false when that takes longer, or the worker dies. */
  async becomesQuiet(withinMs: number): Promise<boolean> {
    if (this.busy && this.alive) {
      await new Promise<void>((resolve) => {
        const timer = unheld(setTimeout(resolve, withinMs));
        this.quiet = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.alive && !this.busy;
  }

  end(): void {
    this.employer = undefined;
    this.kill();
    this.die('a worker was ended');
  }

  /** @param response undefined for an answer that makes no sense */
  protected hear(response: Response | undefined): void {
    if (response === undefined) {
      this.kill();
      this.die('a worker gave an answer that makes no sense');
      return;
    }
    this.open -= 1;
    if (this.open === 0) {
      this.hold(false);
      this.quiet?.();
    }
    this.employer?.hear(response);
  }

  protected die(cause: string): void {
    if (this.dead) return;
    this.dead = true;
    this.hold(false);
    this.quiet?.();
    this.employer?.died(cause);
  }

  protected abstract post(request: Request): void;
  protected abstract kill(): void;
  /** Whether somebody waits for an answer: only then may the worker keep its program alive. */
  protected abstract hold(waiting: boolean): void;
}
