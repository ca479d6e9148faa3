import type { AstNode } from 'langium';

type Marked = AstNode & { [key: symbol]: unknown };

const keys: symbol[] = [];

/**
 * What was found out about a node and depends on its own text only, not on where it stands: kept with the node, and
 * taken over by its copy in the tree of a later text.
 */
export class Memo<T> {
  private readonly key: symbol;

  constructor(name: string) {
    this.key = Symbol(name);
    keys.push(this.key);
  }

  get(node: AstNode): T | undefined {
    return (node as Marked)[this.key] as T | undefined;
  }

  set(node: AstNode, value: T): void {
    (node as Marked)[this.key] = value;
  }
}

/** Hands everything that is known of a node to its copy. */
export function copyMemos(from: AstNode, to: AstNode): void {
  for (const key of keys) {
    const value = (from as Marked)[key];
    if (value !== undefined) (to as Marked)[key] = value;
  }
}
