import { compareJson } from '../answers/compare-json.ts';
import { type Compared, comparison } from '../answers/compared.ts';
import { compareDetectorsJson } from '../answers/compared-detectors.ts';
import { EXIT, type ExitCode, fail } from '../answers/exit.ts';
import { sizeOption } from '../answers/options.ts';
import { COMPARE_DETECTORS_LEGEND, compareDetectorsText } from './compare-detectors.ts';
import { compareMarkdown } from './compare-markdown.ts';
import { COMPARE_LEGEND, compareText } from './compare-text.ts';
import { print, printJson, report } from './output.ts';

export interface CompareOptions {
  readonly json?: boolean;
  readonly at?: string;
  readonly markdown?: boolean;
}

/**
 * `mae compare A B …`: backbones or detectors side by side. Each argument is a file with all that is in it, one backbone or
 * detector of it as FILE#NAME, or a published one by its name. Where each of them has a detector these are compared, and
 * backbones otherwise.
 */
export async function compare(names: readonly string[], options: CompareOptions): Promise<ExitCode> {
  const size = options.at === undefined ? undefined : sizeOption('--at', options.at);
  if (size !== undefined && !size.ok) return report(size);
  if (options.markdown === true && options.json === true)
    return report(fail(EXIT.usage, 'error: choose --json or --markdown, not both'));
  if (options.markdown === true) return compareMarkdown(names, size?.value);
  const compared = await comparison(names, size?.value);
  if (!compared.ok) return report(compared);
  if (options.json === true) printJson(jsonOf(compared.value));
  else print(textOf(compared.value).join('\n\n'));
  return EXIT.done;
}

const jsonOf = (compared: Compared) =>
  compared.kind === 'detectors' ? compareDetectorsJson(compared.detectors) : compareJson(compared.designs);

const textOf = (compared: Compared): string[] =>
  compared.kind === 'detectors'
    ? [compareDetectorsText(compared.detectors), COMPARE_DETECTORS_LEGEND]
    : [compareText(compared.designs), COMPARE_LEGEND];
