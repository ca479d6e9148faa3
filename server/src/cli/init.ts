import { EXIT, type ExitCode, fail } from '../answers/exit.ts';
import { mayWrite, writeFile } from '../answers/write.ts';
import { templates } from '../server/examples.ts';
import { print, report } from './output.ts';
import { table } from './table.ts';

export interface InitOptions {
  readonly out?: string;
  readonly force?: boolean;
  readonly list?: boolean;
}

/** What a newcomer begins with who names nothing: a small network, a budget and a search. */
const FIRST = 'first_search';

/** `mae init [TEMPLATE]`: writes a file to begin with; `mae init --list` names them. */
export async function init(template: string | undefined, options: InitOptions): Promise<ExitCode> {
  const all = await templates();
  if (options.list === true) {
    const rows = all.map(({ name, title }) => [name, title]);
    print(
      table(
        [
          { title: 'template', align: 'left' },
          { title: 'what it is', align: 'left' },
        ],
        rows,
      ).join('\n'),
    );
    return EXIT.done;
  }
  const name = template ?? FIRST;
  const found = all.find((one) => one.name === name);
  if (found === undefined)
    return report(fail(EXIT.usage, `error: there is no template '${name}': mae init --list names them`));
  const out = options.out ?? `${name}.mae`;
  const free = mayWrite(out, options.force);
  if (!free.ok) return report(free);
  const written = await writeFile(out, found.text);
  if (!written.ok) return report(written);
  print(
    `${out}: ${found.title}. Next: mae score ${out}${found.snapshot.design.searches.length > 0 ? `, mae search ${out}` : ''}`,
  );
  return EXIT.done;
}
