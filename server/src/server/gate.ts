/** Holds a search between two epochs while it is closed. */
export class Gate {
  private pending: PromiseWithResolvers<void> | undefined;

  close(): void {
    this.pending ??= Promise.withResolvers();
  }

  open(): void {
    this.pending?.resolve();
    this.pending = undefined;
  }

  /** Resolves when the gate opens; undefined while it is open. */
  wait(): Promise<void> | undefined {
    return this.pending?.promise;
  }
}

/** The gates of the searches that run, by the name of the run. */
export class Gates {
  private readonly running = new Map<string, Gate>();

  /** A gate for a run, until `work` ends. */
  async during<T>(run: string, work: (gate: Gate) => Promise<T>): Promise<T> {
    const gate = new Gate();
    this.running.set(run, gate);
    try {
      return await work(gate);
    } finally {
      this.running.delete(run);
    }
  }

  /** False when no such search runs. */
  control(run: string, action: 'pause' | 'resume'): boolean {
    const gate = this.running.get(run);
    if (action === 'pause') gate?.close();
    else gate?.open();
    return gate !== undefined;
  }
}
