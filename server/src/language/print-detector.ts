import { type Backbone, sameInput } from '../backbone/backbone.ts';
import { DEFAULT_CLASSES, type Detector, type Part } from '../detector/detector.ts';
import type { PartArgument } from '../detector/part-definition.ts';
import { partNamed } from '../detector/parts.ts';
import { identifier } from './identifier.ts';

/**
 * The canonical text of a detector, ending in a line break.
 *
 * @param own its backbone as it is declared: where the detector has another input it says so
 */
export function printDetector({ name, backbone, classes, neck, heads }: Detector, own: Backbone = backbone): string {
  const { channels, height, width } = backbone.input;
  const lines = [
    `backbone ${identifier(own.name)}`,
    ...(sameInput(own.input, backbone.input) ? [] : [`input ${channels} x ${height} x ${width}`]),
    ...(classes === DEFAULT_CLASSES ? [] : [`classes ${classes}`]),
    ...(neck === undefined ? [] : [`neck ${printPart(neck)}`]),
    ...heads.map((head) => `head ${printPart(head)}`),
  ];
  return `detector ${identifier(name)} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

/** A part as it is written behind its word; what is at its default is left out. */
export function printPart(part: Part): string {
  const definition = partNamed(part.kind);
  const written = (definition?.arguments ?? []).flatMap((argument) => {
    const value = writtenValue(part, argument);
    return value === undefined || value === String(argument.default) ? [] : [`${argument.name}: ${value}`];
  });
  // What is always written without parentheses is so here.
  const isBare = written.length === 0 && definition?.example.includes('(') === false;
  return isBare ? part.kind : `${part.kind}(${written.join(', ')})`;
}

function writtenValue({ values, from }: Part, { type, name }: PartArgument): string | undefined {
  if (type !== 'levels') return values[name]?.toString();
  if (from === undefined) return undefined;
  return from.first === from.last ? from.first : `${from.first}..${from.last}`;
}
