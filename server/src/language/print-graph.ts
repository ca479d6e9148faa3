import type { Wire, Wiring } from '../backbone/backbone.ts';
import { STEM } from './graph-source.ts';
import { identifier } from './identifier.ts';
import type { GroupRow } from './layout.ts';
import { NO_NODE_NAMES } from './soft-words.ts';

/** What stands before and behind each group of a graph: its stem in a row, then a line for each node with what it reads. */
export function nodeLines({ nodes }: Wiring): Pick<GroupRow, 'head' | 'tail'>[] {
  const names = namesOf(nodes);
  const stem = nodes.findIndex(({ name }) => name === STEM);
  return nodes.map((wire, index) =>
    index <= stem
      ? { head: index === 0 ? STEM : '+' }
      : { head: `node ${names[index] ?? ''}`, tail: printReads(wire, names) },
  );
}

/** `at /8 from a, as b` */
function printReads({ reads, join, at }: Wire, names: readonly string[]): string {
  const written = reads.map(({ group, asIs }) => `${asIs ? 'as ' : ''}${names[group] ?? STEM}`).join(', ');
  const from = join === 'concat' ? `concat(${written})` : written;
  return `${at === undefined ? '' : `at /${2 ** at} `}from ${from}`;
}

export function printOutputs({ nodes, outputs }: Wiring): string {
  const names = namesOf(nodes);
  return `output ${outputs.map(({ name, group }) => `${identifier(name)}: ${names[group] ?? STEM}`).join(', ')}`;
}

/** The names of nodes as the language accepts them, each once. */
function namesOf(nodes: readonly Wire[]): string[] {
  const taken = new Set<string>([STEM]);
  return nodes.map(({ name }) => {
    if (name === STEM || name === '') return STEM;
    const wanted = NO_NODE_NAMES.includes(name) ? `node_${name}` : identifier(name);
    let free = wanted;
    for (let n = 2; taken.has(free); n++) free = `${wanted}_${n}`;
    taken.add(free);
    return free;
  });
}
