import { done, EXIT, type ExitCode, fail, type Outcome } from '../answers/exit.ts';
import { problemLine, type ReadFile, readFile } from '../answers/problems.ts';
import { readSource } from '../answers/source.ts';
import type { ImageSize } from '../backbone/backbone.ts';
import { type DesignChange, designChanges } from '../features/design-changes.ts';
import { print, report } from './output.ts';

/** `mae compare BEFORE AFTER --markdown`: what became of each design between two versions of a file. */
export async function compareMarkdown(paths: readonly string[], size: ImageSize | undefined): Promise<ExitCode> {
  const [before, after, ...others] = paths;
  if (before === undefined || after === undefined || others.length > 0)
    return report(fail(EXIT.usage, 'error: option --markdown: give two files, what was and what is'));
  const [was, is] = [await read(before), await read(after)];
  if (!was.ok) return report(was);
  if (!is.ok) return report(is);
  print(changesMarkdown(designChanges(was.value.snapshot, is.value.snapshot, size)).join('\n'));
  return EXIT.done;
}

/** A file that is empty is one that was not there: all is new then, or removed. */
async function read(path: string): Promise<Outcome<ReadFile>> {
  const source = await readSource(path);
  if (!source.ok) return source;
  const file = readFile(source.value);
  const wrong = file.problems.filter(
    ({ severity, code }) => severity === 'error' && code !== 'budget-exceeded' && code !== 'empty-file',
  );
  return wrong.length === 0
    ? done(file)
    : fail(EXIT.input, wrong.map((problem) => problemLine(file, problem)).join('\n'));
}

/** Paragraphs and tables as GitHub shows them: a table for each design that changed, and a line for the others. */
export function changesMarkdown(changes: readonly DesignChange[]): string[] {
  const named = (state: DesignChange['state']): string =>
    changes
      .filter((change) => change.state === state)
      .map(({ kind, name }) => `${kind} ${cell(name)}`)
      .join(', ');
  const lines = [
    ['New', named('new')],
    ['Removed', named('removed')],
    ['Not changed', named('same')],
  ].flatMap(([title = '', names = '']) => (names === '' ? [] : [`${title}: ${names}.`, '']));
  const tables = changes.filter(({ state }) => state === 'changed').flatMap(tableOf);
  const all = [...tables, ...lines];
  return all.length === 0 ? ['There is no design in either.'] : all.slice(0, -1);
}

const tableOf = ({ kind, name, numbers }: DesignChange): string[] => [
  `**${kind} ${cell(name)}**`,
  '',
  '| | before | after | change |',
  '|---|---:|---:|---:|',
  ...numbers.map(({ title, before, after, change }) => `| ${[title, before, after, change].map(cell).join(' | ')} |`),
  '',
];

/** Whatever a person wrote, as text of a cell: nothing in it is code, a link, a mention, a tag or the next cell. */
export const cell = (text: string): string =>
  text.replaceAll(/[\\`*[\]<>|@&]/g, (mark) => `&#${mark.codePointAt(0)};`).replaceAll(/\s+/g, ' ');
