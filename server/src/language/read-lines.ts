import type { InputSize } from '../backbone/backbone.ts';
import * as ast from './generated/ast.ts';
import { type NameUse, nameUse } from './name-use.ts';
import type { Problem } from './problem.ts';
import { type Report, readNumber } from './report.ts';
import { firstWord, propertySpan, recovered } from './span.ts';
import { INPUT_CHANNELS, INPUT_SIDE } from './vocabulary.ts';

/** Lines that backbones and detectors have both. */

type Owner = 'backbone' | 'detector';
type Line = ast.BackboneStatement | ast.DetectorLine;

export const duplicateLine = (owner: Owner, what: string, node: Line): Problem => ({
  code: 'duplicate-statement',
  severity: 'error',
  message: `A ${owner} has one ${what}: remove this one or the other.`,
  span: firstWord(node),
});

export function readWithin(owner: Owner, lines: readonly Line[], report: Report): NameUse | undefined {
  const [first, ...others] = lines.filter(ast.isWithin);
  for (const other of others) report(duplicateLine(owner, 'within line', other));
  return first === undefined ? undefined : nameUse(recovered(first).budget?.$refText, propertySpan(first, 'budget'));
}

/** The sides of an input that could be read. */
export type Sides = { readonly [K in keyof InputSize]: number | undefined };

export const isWhole = (sides: Sides): sides is InputSize =>
  sides.channels !== undefined && sides.height !== undefined && sides.width !== undefined;

/** What the input line says; undefined where there is none. */
export function readInput(owner: Owner, lines: readonly Line[], report: Report): Sides | undefined {
  const [first, ...others] = lines.filter(ast.isInputStatement);
  for (const other of others) report(duplicateLine(owner, 'input', other));
  if (first === undefined) return undefined;
  const read = (side: keyof Sides, rule: typeof INPUT_SIDE): number | undefined =>
    readNumber(recovered(first)[side], rule, propertySpan(first, side), report);
  const channels = read('channels', INPUT_CHANNELS);
  const height = read('height', { ...INPUT_SIDE, what: 'The input height' });
  const width = read('width', { ...INPUT_SIDE, what: 'The input width' });
  return { channels, height, width };
}
