import { unheld } from '../../../common/unheld.ts';
import type { MeasureProgress } from '../features/knowledge.ts';

/** At most so often changes are told (ms): a measurement that is shorter says nothing but its result. */
const TELL_MS = 200;

/** How far the measurements are that run or wait, by design. */
export class ProgressBoard {
  private readonly byDesign = new Map<string, MeasureProgress>();
  private telling: ReturnType<typeof setTimeout> | undefined;
  private changed: () => void = () => undefined;

  /** Whoever shows it is told when something is another. */
  onChange(changed: () => void): void {
    this.changed = changed;
  }

  isEmpty(): boolean {
    return this.byDesign.size === 0;
  }

  of(design: string): MeasureProgress | undefined {
    return this.byDesign.get(design);
  }

  /** Shows how far `work` on a design is, until it ends. */
  async during<T>(
    design: string,
    total: number,
    work: (onProgress: (done: number, total: number) => void) => Promise<T>,
  ): Promise<T> {
    let own: MeasureProgress = { done: 0, total };
    const show = (progress: MeasureProgress): void => {
      own = progress;
      this.byDesign.set(design, own);
      this.tell();
    };
    show(own);
    try {
      return await work((done, all) => show({ done, total: all }));
    } finally {
      // A newer measurement of the same design may have taken its place.
      if (this.byDesign.get(design) === own) this.byDesign.delete(design);
      this.tell();
    }
  }

  private tell(): void {
    this.telling ??= unheld(
      setTimeout(() => {
        this.telling = undefined;
        this.changed();
      }, TELL_MS),
    );
  }
}
