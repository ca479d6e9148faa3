import { done, EXIT, fail, type Outcome } from '../answers/exit.ts';
import type { Source } from '../answers/source.ts';
import { withDesign } from '../answers/with-design.ts';
import { readAgain, unwritable, writeBack, writeFile } from '../answers/write.ts';
import { costOf } from '../cost/budget.ts';
import { costText } from '../features/cost-text.ts';
import { scoreText, taskScoreName } from '../features/search-report.ts';
import type { ReadySearch } from '../features/search-targets.ts';
import { printBackbone } from '../language/print.ts';
import type { FrontPoint, SearchResult, SearchTask } from '../search/task.ts';

/** Where the answer of a search goes beside standard output. */
export interface WriteOptions {
  readonly out?: string;
  readonly inPlace?: boolean;
  readonly front?: string;
}

/** Writes what the options ask for; gives what was written, one line each. */
export async function writeResult(
  source: Source,
  ready: ReadySearch,
  task: SearchTask,
  result: SearchResult,
  options: WriteOptions,
): Promise<Outcome<readonly string[]>> {
  const notes: string[] = [];
  if (options.front !== undefined) {
    const { front = [] } = result;
    const written = await writeFile(options.front, frontText(ready, task, front));
    if (!written.ok) return written;
    notes.push(`${options.front}: ${front.length} designs of the front written`);
  }
  if (options.out === undefined && options.inPlace !== true) return done(notes);
  const written = await writeDesign(source, ready, result, options);
  return written.ok ? done([...notes, `${options.out ?? source.path}: design written`]) : written;
}

async function writeDesign(
  source: Source,
  ready: ReadySearch,
  result: SearchResult,
  { out }: WriteOptions,
): Promise<Outcome<undefined>> {
  if (out !== undefined) {
    const text = withDesign(source.text, ready, result) ?? printBackbone(result.backbone);
    return writeFile(out, (source.bom ? '\uFEFF' : '') + text);
  }
  // A search may take hours: the text is read again, and only the backbone that was searched from is replaced.
  const now = await readAgain(source);
  if (!now.ok) return now;
  const text = withDesign(now.value.text, ready, result);
  if (text === undefined) {
    return fail(EXIT.environment, unwritable(source.path, `${ready.start.name} was changed while the search ran`));
  }
  return writeBack(now.value, text);
}

/** A front as a file: each design is a backbone under a name of its own, the lowest score first. */
function frontText(search: ReadySearch, task: SearchTask, front: readonly FrontPoint[]): string {
  const { pareto = [] } = task;
  const within = task.budget.name === '' ? '' : ` within ${task.budget.name}`;
  const digits = String(front.length).length;
  const designs = front.map(({ score, costs, backbone }, index) => {
    const name = `${backbone.name}_${String(index + 1).padStart(digits, '0')}`;
    const amounts = pareto.map((cost) => costText(cost, costOf(costs, cost)));
    return `// ${taskScoreName(task)} ${scoreText(score)} at ${amounts.join(', ')}\n${printBackbone({ ...backbone, name })}`;
  });
  const whole = search.detector?.source.name;
  const whose = whole === undefined ? '' : ` Costs are those of detector ${whole} with each of them.`;
  const title = `// Score against ${pareto.join(' and ')}: ${search.name}${within}, seed ${task.seed}. No design that was found beats another in all of them.${whose}`;
  return `${[title, '', designs.join('\n')].join('\n').trimEnd()}\n`;
}
