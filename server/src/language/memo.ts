import type { AstNode } from 'langium';

/**
 * What was found out about a node and depends on its own text only, not on where it stands. It is a property of the
 * node under a symbol of its own, which its copy in the tree of a later text takes over; see copy-tree.ts.
 */
export class Memo<T> {
  private readonly key: symbol;

  constructor(name: string) {
    this.key = Symbol(name);
  }

  get(node: AstNode): T | undefined {
    return (node as AstNode & Record<symbol, T | undefined>)[this.key];
  }

  set(node: AstNode, value: T): void {
    (node as AstNode & Record<symbol, T | undefined>)[this.key] = value;
  }
}
