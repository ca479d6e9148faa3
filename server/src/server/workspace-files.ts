import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What one look through a workspace may take, so that the home folder, opened as a workspace, costs no more either. */
export interface Limits {
  readonly files: number;
  readonly entries: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

const LIMITS: Limits = { files: 2000, entries: 50_000, bytes: 256_000, milliseconds: 2000 };

/** What tools keep for themselves is nobody's design. */
const isSkipped = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

interface Known<T> {
  readonly changed: number;
  readonly size: number;
  readonly value: T;
}

/**
 * What stands in the .mae files of folders, read when somebody asks and not before. Of a file that did not change since,
 * what was read is kept.
 */
export class WorkspaceFiles<T> {
  private readonly read: (text: string, uri: string) => T;
  private readonly limits: Limits;
  private known: ReadonlyMap<string, Known<T>> = new Map();

  constructor(read: (text: string, uri: string) => T, limits: Limits = LIMITS) {
    this.read = read;
    this.limits = limits;
  }

  /** Values of the files but for those of `except`, as far as the limits and the signal let it look. */
  async look(folders: readonly string[], except: ReadonlySet<string>, signal: AbortSignal): Promise<T[]> {
    const end = performance.now() + this.limits.milliseconds;
    const found = new Map<string, Known<T>>();
    for await (const file of this.files(folders)) {
      if (signal.aborted || performance.now() > end || found.size >= this.limits.files) break;
      if (except.has(file)) continue;
      const one = await this.load(file);
      if (one !== undefined) found.set(file, one);
    }
    if (!signal.aborted) this.known = found;
    return [...found.values()].map(({ value }) => value);
  }

  private async load(file: string): Promise<Known<T> | undefined> {
    // Undefined when it is gone since it was listed, or not ours to read.
    const stats = await stat(file).catch(() => undefined);
    if (stats === undefined || stats.size > this.limits.bytes) return undefined;
    const { mtimeMs: changed, size } = stats;
    const before = this.known.get(file);
    if (before?.changed === changed && before.size === size) return before;
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return text === undefined ? undefined : { changed, size, value: this.read(text, pathToFileURL(file).href) };
  }

  /** Every .mae file, the outer folders first. Links are not followed: they may lead in circles. */
  private async *files(folders: readonly string[]): AsyncGenerator<string> {
    const waiting = [...folders];
    let entries = 0;
    for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
      for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
        entries += 1;
        if (entries > this.limits.entries) return;
        const full = path.join(folder, entry.name);
        if (entry.isDirectory() && !isSkipped(entry.name)) waiting.push(full);
        if (entry.isFile() && entry.name.endsWith('.mae')) yield full;
      }
    }
  }
}
