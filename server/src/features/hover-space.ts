import * as ast from '../language/generated/ast.ts';
import { printedLines } from '../language/print-space.ts';
import { isSpaceWord, OWN, spaceWord } from '../language/space-words.ts';
import { spaceNamed } from '../language/spaces.ts';
import { recovered } from '../language/span.ts';
import { DECLARATIONS } from '../language/word-docs.ts';
import type { GlossaryAddress } from './glossary.ts';
import { wordHover } from './hover-words.ts';
import { code, paragraphs, table } from './markdown.ts';
import type { Snapshot } from './snapshot.ts';

/** All limits of a space, with what it is like. */
export function spaceHover({ design }: Snapshot, name: string): string | undefined {
  const space = spaceNamed(name, design.spaces);
  if (space === undefined) return undefined;
  return paragraphs(
    `**space ${name}** · ${DECLARATIONS.space.doc}`,
    table(
      ['line', 'value'],
      printedLines(space).map(([word, value]) => [word, code(value)]),
      [1],
    ),
  );
}

/** A word of a space: what it limits, or the space that it names. */
export function spaceWordHover(
  snapshot: Snapshot,
  node: ast.Space | ast.SpaceLine | ast.SpaceValue,
  word: string,
  glossary: GlossaryAddress,
): string | undefined {
  if (ast.isSpace(node)) return word === 'space' ? wordHover('space', DECLARATIONS.space) : spaceHover(snapshot, word);
  if (ast.isSpaceValue(node)) {
    const { $container: line } = node;
    if (line.name === 'like') return spaceHover(snapshot, word);
    if (word === OWN) return paragraphs(`**${OWN}** · What a group has stays a choice beside the others.`);
    return spaceWordHover(snapshot, line, line.name, glossary);
  }
  const { name, braces } = recovered(node);
  if (braces === true) return paragraphs(`**${name}** · Limits of this place alone, over those of the whole space.`);
  if (word === 'step') return paragraphs('**step** · The grid of widths: multiples of it, counted from 0.');
  return name !== undefined && isSpaceWord(name) ? wordHover(name, spaceWord(name), glossary) : undefined;
}
