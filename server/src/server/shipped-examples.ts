import { type Snapshot, snapshotOf } from '../features/snapshot.ts';
import { type Template, templateOf } from '../features/templates.ts';
import type { ServerHost, ShippedFolder } from './host.ts';

/** The published designs and tasks that come with the program, read once. */
export class ShippedExamples {
  private readonly shipped: ServerHost['shipped'];
  private known: Promise<readonly Template[]> | undefined;

  constructor({ shipped }: Pick<ServerHost, 'shipped'>) {
    this.shipped = shipped;
  }

  /** Files to begin with, those that can be searched first. */
  templates(): Promise<readonly Template[]> {
    this.known ??= this.load('examples');
    return this.known;
  }

  /** The designs that everybody compares with. What has a search block is a task to start from, not one of them. */
  async designs(): Promise<readonly Snapshot[]> {
    return (await this.templates()).map(({ snapshot }) => snapshot).filter((snapshot) => !isTask(snapshot));
  }

  /** The published detectors, each on a copy of its backbone: they are no templates, and their backbones are among the designs. */
  async detectors(): Promise<readonly Snapshot[]> {
    return (await this.load('examples/detectors')).map(({ snapshot }) => snapshot);
  }

  private async load(folder: ShippedFolder): Promise<Template[]> {
    const found = (await this.shipped(folder)).map(({ name, text }) => templateOf(name, snapshotOf(text)));
    const { compare } = new Intl.Collator('en', { numeric: true });
    return found.toSorted((a, b) => Number(isTask(b.snapshot)) - Number(isTask(a.snapshot)) || compare(a.name, b.name));
  }
}

const isTask = ({ design }: Snapshot): boolean => design.searches.length > 0;
