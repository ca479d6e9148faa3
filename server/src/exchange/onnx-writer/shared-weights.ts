import type { GraphNode } from '../../graph/cell.ts';

/**
 * Whose weights a node has. Heads read every level with the same ones: what a level shares is at the same place of the same
 * section of the level before it, whose places differ by the level alone (`P4 cls tower`, `P5 cls tower`).
 */
export class SharedWeights {
  private readonly owners = new Map<string, string>();

  /** @param index of the node in its section */
  of({ shared }: GraphNode, place: string, index: number, name: string): string {
    const key = `${place.replace(/^\S+ /, '')} ${index}`;
    const owner = this.owners.get(key);
    if (shared === true && owner !== undefined) return owner;
    this.owners.set(key, name);
    return name;
  }
}
