import { type Cell, outputShape, type Ref } from '../../graph/cell.ts';
import type { Helper } from './block-template.ts';
import { foldNorms, type NodeText, nodeText, type Slot } from './node-text.ts';
import { type Call, moduleClass } from './python.ts';

/** A class for blocks of one structure, written off their cells node by node, and what builds each of them. */
export interface CellClass {
  readonly source: string;
  readonly calls: ReadonlyMap<Cell, Call>;
  readonly helpers: readonly Helper[];
}

/** What everything but the sizes says: cells that agree in it are built by one class. */
export const structureOf = ({ nodes, output }: Cell): string =>
  JSON.stringify([output, nodes.map(({ operator, reads }) => [reads, wordsOf(operator)])]);

/** An operator without the numbers that are arguments of a class. */
function wordsOf(operator: Cell['nodes'][number]['operator']): unknown {
  if (operator.op === 'avgpool' || operator.op === 'upsample' || operator.op === 'groupnorm') return operator;
  return Object.values(operator).filter((value) => typeof value !== 'number');
}

/** @param cells all of one structure, each another object */
export function cellClass(name: string, doc: string, cells: readonly [Cell, ...Cell[]]): CellClass {
  const [first] = cells;
  const folded = foldNorms(first);
  const texts = first.nodes.map((node, index) =>
    folded.has(index) ? undefined : nodeText(first, node, index, folded),
  );
  const parameters = new Parameters(
    cells,
    texts.flatMap((text) => text?.slots ?? []),
  );
  const modules = namedModules(texts);
  const init = texts.flatMap((text, index) =>
    text?.module === undefined ? [] : [`self.${modules[index]} = ${text.module((slot) => parameters.text(slot))}`],
  );
  const kept = new Set<string>();
  const inForward = (slot: Slot): string => {
    const text = parameters.text(slot);
    if (!parameters.names.includes(text)) return text;
    kept.add(text);
    return `self.${text}`;
  };
  const called = (ref: Ref): string => (ref < 0 ? 'x' : `y${(folded.get(ref) ?? ref) + 1}`);
  const body = texts.flatMap((text, index) => {
    if (text === undefined) return [];
    const reads = (first.nodes[index]?.reads ?? []).map(called);
    return [`${called(index)} = ${text.value(reads, `self.${modules[index]}`, inForward)}`];
  });
  const source = moduleClass({
    name,
    doc,
    parameters: parameters.names,
    init: [...[...kept].map((one) => `self.${one} = ${one}`), ...init],
    forward: { parameters: 'x', body: [...body, `return ${called(first.output)}`] },
  });
  const calls = new Map(cells.map((cell, i) => [cell, { name, values: parameters.valuesOf(i) }]));
  return { source, calls, helpers: [...new Set(texts.flatMap((text) => text?.helper ?? []))] };
}

/** `conv1`, `conv2`, … for convolutions, `layer1`, … for all else. */
function namedModules(texts: readonly (NodeText | undefined)[]): readonly string[] {
  const counts = { conv: 0, layer: 0 };
  return texts.map((text) => {
    if (text?.module === undefined) return '';
    const kind = text.slots.length >= 6 ? 'conv' : 'layer';
    counts[kind] += 1;
    return `${kind}${counts[kind]}`;
  });
}

/** The numbers of all cells: what is the same in all of them stands in the class, the rest is what it takes. */
class Parameters {
  readonly names: string[] = [];
  private readonly columns: (readonly number[])[] = [];
  private readonly cells: readonly Cell[];

  constructor(cells: readonly Cell[], slots: readonly Slot[]) {
    this.cells = cells;
    this.add(
      'in_channels',
      cells.map((cell) => cell.inputs[0]?.channels ?? 0),
    );
    this.add(
      'out_channels',
      cells.map((cell) => outputShape(cell).channels),
    );
    for (const slot of slots)
      if (this.constant(slot) === undefined && this.find(this.column(slot)) === undefined)
        this.add(slot.named, this.column(slot));
  }

  text(slot: Slot): string {
    return String(this.constant(slot) ?? this.find(this.column(slot)) ?? slot.named);
  }

  valuesOf(cell: number): number[] {
    return this.columns.map((column) => column[cell] ?? 0);
  }

  private column(slot: Slot): number[] {
    return this.cells.map(slot.of);
  }

  /** A width that happens to be the same everywhere still is a width. */
  private constant(slot: Slot): number | undefined {
    const [value, ...others] = this.column(slot);
    return slot.named !== 'width' && others.every((other) => other === value) ? value : undefined;
  }

  private add(name: string, column: readonly number[]): void {
    let free = name;
    for (let n = 2; this.names.includes(free); n++) free = `${name}${n}`;
    this.names.push(free);
    this.columns.push(column);
  }

  private find(column: readonly number[]): string | undefined {
    return this.names[this.columns.findIndex((known) => known.every((value, i) => value === column[i]))];
  }
}
