import { analyse } from '../analysis/analyse.ts';
import { readDesign } from '../language/design.ts';
import { format } from '../language/format.ts';
import { printedLines } from '../language/print-space.ts';
import { spaceAround } from '../space/around.ts';
import { DEFAULT_SPACE } from '../space/presets.ts';

/** What a found design may cost no more of than the one it came from; without layers, depth alone would win. */
const HELD = ['macs', 'params', 'layers'] as const;

const BUDGET = 'same_cost';
const SPACE = 'around_it';

/**
 * The text of one backbone with a budget of its own costs, exactly, a space that it lies in, and a search: whoever runs that
 * gets a better backbone at the same cost, or learns that there is none. A text of none or several is handed back as it is.
 */
export function withSearch(text: string): string {
  const [source, ...others] = readDesign(text).backbones;
  if (source?.backbone === undefined || others.length > 0) return text;
  const { costs } = analyse(source.backbone);
  const budget = HELD.map((cost) => `  ${cost} <= ${costs[cost] ?? 0}`);
  const usual = new Map(printedLines(DEFAULT_SPACE));
  const limits = printedLines(spaceAround(source.backbone, SPACE)).filter(([word, value]) => usual.get(word) !== value);
  return format(
    [
      text,
      '// What it costs itself, to the last unit.',
      `budget ${BUDGET} {`,
      ...budget,
      '}',
      '',
      `// The limits of ${DEFAULT_SPACE.name}, widened as far as this backbone needs it.`,
      `space ${SPACE} {`,
      `  like ${DEFAULT_SPACE.name}`,
      ...limits.map(([word, value]) => `  ${word} ${value}`),
      '}',
      '',
      'search {',
      `  start ${source.name}`,
      `  within ${BUDGET}`,
      `  space ${SPACE}`,
      '}',
      '',
    ].join('\n'),
  );
}
