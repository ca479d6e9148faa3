import type { GraphOrder } from './graph-order.ts';
import { type GraphLines, type NodeUse, nodeUses, STEM } from './graph-source.ts';
import { alternatives } from './nearest.ts';
import { meant, type Report } from './report.ts';
import { NO_NODE_NAMES } from './soft-words.ts';
import { spanOf } from './span.ts';

/** Each unknown name is compared with each node: beyond so many of either nobody is helped by it. */
const MOST_COMPARED = 500;
/** A message names so many nodes. */
const MOST_NAMED = 8;

/** Names of nodes and outputs that are twice there, that cannot be, or that nothing has. */
export function checkGraphNames(graph: GraphLines, report: Report): void {
  const { nodes, outputs, stem } = graph;
  reportTwice('node', nodes, report);
  reportTwice('output', outputs, report);
  const declared = new Set([...(stem === undefined ? [] : [STEM]), ...nodes.map(({ name }) => name)]);
  declared.delete('');
  for (const { name, span } of nodes) {
    if (!NO_NODE_NAMES.includes(name)) continue;
    const to = free(`node_${name}`, declared);
    const message = `No node is called '${name}', which is a word of its line: give it another name, such as ${to}.`;
    report({ code: 'bad-name', severity: 'error', message, span, data: { kind: 'rename', to } });
  }
  const near = [...declared].slice(0, MOST_COMPARED);
  const unknown = nodeUses(graph).filter(({ name }) => !declared.has(name));
  for (const use of unknown.slice(0, MOST_COMPARED)) reportUnknown(use, near, report);
  reportReadTwice(graph, report);
}

function reportTwice(
  what: 'node' | 'output',
  named: readonly { readonly name: string; readonly span: NodeUse['span'] }[],
  report: Report,
): void {
  const taken = new Set(named.map(({ name }) => name));
  const seen = new Map<string, number>();
  for (const { name, span } of named) {
    if (name === '') continue;
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    if (before === 0) continue;
    const to = free(`${name}_${before + 1}`, taken);
    taken.add(to);
    const message = `There is ${what === 'node' ? 'a node' : 'an output'} '${name}' already: give this one another name.`;
    report({ code: 'duplicate-name', severity: 'error', message, span, data: { kind: 'replace', with: [to] } });
  }
}

/** The name itself, or with the first number that makes it a new one. */
function free(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let n = 2; ; n++) if (!taken.has(`${name}_${n}`)) return `${name}_${n}`;
}

function reportUnknown({ name, span }: NodeUse, declared: readonly string[], report: Report): void {
  const { hint, fixes } = meant(name, declared, {}, new Set());
  const named = declared.slice(0, MOST_NAMED);
  const more = declared.length - named.length;
  const all = more > 0 ? `${named.join(', ')} and ${more} more` : alternatives(named);
  const help = hint ?? (declared.length === 0 ? 'None is declared.' : `The nodes are ${all}.`);
  const data = fixes.length === 0 ? {} : { data: { kind: 'replace', with: fixes } as const };
  report({ code: 'unknown-name', severity: 'error', message: `There is no node '${name}'. ${help}`, span, ...data });
}

/** What is added to itself or stands twice in a concatenation. */
function reportReadTwice({ nodes }: GraphLines, report: Report): void {
  for (const { name, reads } of nodes) {
    const seen = new Set<string>();
    for (const read of reads) {
      if (seen.has(read.name)) {
        const message = `${name} reads ${read.name} twice: keep one of them.`;
        const data = { kind: 'remove', span: read.part } as const;
        report({ code: 'duplicate-argument', severity: 'error', message, span: read.part, data });
      }
      seen.add(read.name);
    }
  }
}

/** Nodes that read each other, told where one reads what stands later. */
export function reportCycles({ nodes }: GraphLines, { cycles }: GraphOrder, report: Report): void {
  const told = new Set<number>();
  for (const { nodes: around, use } of cycles) {
    if (told.has(use.span.start)) continue;
    told.add(use.span.start);
    const names = around.map((index) => nodes[index]?.name ?? '');
    const [first = ''] = names;
    const shown = names.length > MOST_NAMED ? [...names.slice(1, MOST_NAMED), '…'] : names.slice(1);
    const way = [...shown, first].map((name, index) => (index === 0 ? name : `which reads ${name}`)).join(', ');
    const message = `${first} reads ${way}: nothing can read what it is computed from. Let one of them read another node.`;
    report({ code: 'cycle', severity: 'error', message, span: use.span });
  }
}

/** Nodes whose output goes nowhere. */
export function reportUnread(graph: GraphLines, report: Report): void {
  // While a name means nothing it may have been meant as one of these.
  const unsure = nodeUses(graph).some(({ group }) => group === undefined);
  if (graph.outputs.length === 0 || unsure || graph.outputs.some(({ use }) => use === undefined)) return;
  const read = new Set(
    [...graph.nodes.flatMap(({ reads }) => reads), ...graph.outputs.flatMap(({ use }) => use ?? [])].map((u) => u.name),
  );
  for (const { name, span, node } of graph.nodes) {
    if (name === '' || read.has(name)) continue;
    const message = `Nothing reads ${name}, and no output names it: read it, name it in the output line, or remove it.`;
    report({ code: 'unread-node', severity: 'warning', message, span, data: { kind: 'remove', span: spanOf(node) } });
  }
  if (graph.stem === undefined || read.has(STEM)) return;
  const message = 'Nothing reads the stem, and no output names it: begin with a node that reads it.';
  report({ code: 'unread-node', severity: 'warning', message, span: graph.stem.span });
}
