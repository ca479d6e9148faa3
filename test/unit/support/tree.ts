import { type AstNode, type CstNode, isAstNode, isCompositeCstNode, isLeafCstNode, isReference } from 'langium';
import type { ParsedFile } from '../../../server/src/language/parse.ts';

/** A tree in full as lines of text, with whatever does not fit together marked by `!`. */
export function treeText({ file, text }: ParsedFile): string {
  const root = file.$cstNode;
  if (root === undefined) return 'no tree';
  const lines: string[] = [root.root.fullText === text ? 'its own text' : '! the text of another tree'];
  const cst = (part: CstNode, depth: number): void => {
    const owner = part.astNode;
    const kind = isLeafCstNode(part)
      ? `${part.tokenType.name}${part.hidden ? ' hidden' : ''} ${part.text}`
      : 'composite';
    const own = owner.$cstNode === part ? ' its node' : '';
    lines.push(`${' '.repeat(depth)}${part.offset}-${part.end} ${rangeText(part)} ${kind} of ${owner.$type}${own}`);
    for (const child of isCompositeCstNode(part) ? part.content : []) {
      if (child.container !== part || child.root !== root) lines.push('! a part that has another container');
      cst(child, depth + 1);
    }
  };
  const ast = (node: AstNode, depth: number): void => {
    lines.push(`${' '.repeat(depth)}${node.$type} at ${node.$cstNode?.offset}`);
    if (node.$cstNode?.astNode !== node || node.$cstNode.root !== root) lines.push('! a node of another tree');
    for (const [property, value] of Object.entries(node).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (property.startsWith('$')) continue;
      for (const [index, item] of (Array.isArray(value) ? value : [value]).entries()) {
        if (isAstNode(item)) {
          const at = Array.isArray(value) ? index : undefined;
          const placed =
            item.$container === node && item.$containerProperty === property && item.$containerIndex === at;
          lines.push(`${' '.repeat(depth)} ${property} ${at}${placed ? '' : ' ! in another place'}`);
          ast(item, depth + 1);
        } else if (isReference(item))
          lines.push(`${' '.repeat(depth)} ${property} → ${item.$refText} at ${item.$refNode?.offset}`);
        else lines.push(`${' '.repeat(depth)} ${property} = ${String(item)}`);
      }
    }
  };
  cst(root, 0);
  ast(file, 0);
  return lines.join('\n');
}

const rangeText = ({ range: { start, end } }: CstNode): string =>
  `${start.line}:${start.character}-${end.line}:${end.character}`;
