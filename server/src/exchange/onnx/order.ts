import type { OnnxGraph, OnnxNode } from './model.ts';
import { failed, type OnnxOutcome } from './read-model.ts';

/**
 * The nodes so that each stands behind those it reads, which is how files have them; others are put in order. A circle, a
 * tensor that two nodes make, and one that nothing makes are faults, with the byte at which the node begins.
 */
export function ordered(graph: OnnxGraph): OnnxOutcome<readonly OnnxNode[]> {
  const { nodes } = graph;
  const makers = new Map<string, number>();
  for (const [index, node] of nodes.entries())
    for (const name of node.outputs) {
      if (makers.has(name)) return failed(`two nodes make the tensor '${name}'`, node.offset);
      if (name !== '') makers.set(name, index);
    }
  const given = new Set([...graph.inputs.map(({ name }) => name), ...graph.initialisers.keys(), '']);
  const waiting: number[] = [];
  const readers = new Map<number, number[]>();
  for (const [index, node] of nodes.entries()) {
    let count = 0;
    for (const name of node.inputs) {
      const maker = makers.get(name);
      if (maker === undefined) {
        if (!given.has(name)) return failed(`${called(node)} reads '${name}', which nothing makes`, node.offset);
        continue;
      }
      const list = readers.get(maker);
      if (list === undefined) readers.set(maker, [index]);
      else list.push(index);
      count += 1;
    }
    waiting.push(count);
  }
  return arranged(nodes, waiting, readers);
}

function arranged(
  nodes: readonly OnnxNode[],
  waiting: number[],
  readers: ReadonlyMap<number, readonly number[]>,
): OnnxOutcome<readonly OnnxNode[]> {
  const order = waiting.flatMap((count, index) => (count === 0 ? [index] : []));
  for (let next = 0; next < order.length; next++)
    for (const reader of readers.get(order[next] ?? -1) ?? []) {
      const left = (waiting[reader] ?? 0) - 1;
      waiting[reader] = left;
      if (left === 0) order.push(reader);
    }
  const first = nodes.find((_, index) => (waiting[index] ?? 0) > 0);
  if (first !== undefined) return failed(`${called(first)} reads what comes of itself`, first.offset);
  // The file's own order, where it is one, is how people know the network.
  const isOrder = nodes.every((_, index) => (readers.get(index) ?? []).every((reader) => reader > index));
  return { ok: true, value: isOrder ? nodes : order.flatMap((index) => nodes[index] ?? []) };
}

const called = ({ op, name }: OnnxNode): string => (name === '' ? `a node (${op})` : `node '${name}' (${op})`);
