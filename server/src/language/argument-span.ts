import type { Span } from './problem.ts';
import type { GroupSource } from './read-group.ts';
import { firstWord, propertySpan, recovered } from './span.ts';

/** The place of one argument's value, or of the block's name while the argument is missing. */
export function argumentSpan(source: GroupSource, name: string): Span {
  const argument = source.node.arguments.find((a) => a.name === name);
  if (argument === undefined) return firstWord(source.node);
  return recovered(argument).value === undefined ? propertySpan(argument, 'name') : propertySpan(argument, 'value');
}
