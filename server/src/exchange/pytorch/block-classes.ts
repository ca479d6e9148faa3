import { blockOf } from '../../backbone/blocks.ts';
import type { LoweredGroup } from '../../backbone/lower.ts';
import { type Cell, outputShape } from '../../graph/cell.ts';
import type { BlockTemplate, Helper, PlacedBlock } from './block-template.ts';
import { templateOf } from './blocks.ts';
import { cellClass, structureOf } from './from-cell.ts';
import { className } from './names.ts';
import { unwritable } from './node-text.ts';
import { type Call, callText, keywordsOf } from './python.ts';

/** The classes that the blocks of a network are built by. */
export interface BlockClasses {
  readonly ok: true;
  readonly sources: readonly string[];
  readonly helpers: readonly Helper[];
  readonly names: readonly string[];
  /** What builds the blocks of a cell. */
  readonly callOf: (cell: Cell) => string;
}

/** A group with a block that PyTorch has nothing for. */
export interface NoClass {
  readonly ok: false;
  readonly group: number;
  readonly operator: string;
}

/** @param taken names that no class may have */
export function blockClasses(groups: readonly LoweredGroup[], taken: readonly string[]): BlockClasses | NoClass {
  const templates = new Map<BlockTemplate, Call[]>();
  const generic = new Map<string, { readonly group: LoweredGroup; readonly cells: [Cell, ...Cell[]] }>();
  const calls = new Map<Cell, Call>();
  for (const lowered of groups) {
    const template = templateOf(lowered.group);
    for (const [i, { cell }] of lowered.cells.entries()) {
      const operator = unwritable(cell);
      if (operator !== undefined) return { ok: false, group: lowered.index, operator };
      if (template === undefined) {
        const structure = `${lowered.group.block} ${structureOf(cell)}`;
        const known = generic.get(structure);
        if (known === undefined) generic.set(structure, { group: lowered, cells: [cell] });
        else known.cells.push(cell);
        continue;
      }
      const call = template.call(placed(lowered, cell, i === 0));
      calls.set(cell, call);
      templates.set(template, [...(templates.get(template) ?? []), call]);
    }
  }
  const sources: string[] = [];
  const helpers = new Set<Helper>();
  for (const [template, made] of templates) {
    const usage = usageOf(made);
    for (const helper of template.helpers(usage)) helpers.add(helper);
    const source = template.source?.(usage);
    if (source !== undefined) sources.push(source);
  }
  const names = new Set([...calls.values()].map(({ name }) => name));
  for (const { group, cells } of generic.values()) {
    const name = freeName(className(group.group.block, new Set()), new Set([...taken, ...names]));
    names.add(name);
    const written = cellClass(name, sentence(blockOf(group.group).doc), cells);
    sources.push(written.source);
    for (const helper of written.helpers) helpers.add(helper);
    for (const [cell, call] of written.calls) calls.set(cell, call);
  }
  const callOf = (cell: Cell): string => {
    const call = calls.get(cell);
    return call === undefined ? '' : callText(call);
  };
  return { ok: true, sources, helpers: [...helpers], names: [...names], callOf };
}

const placed = ({ group, from }: LoweredGroup, cell: Cell, first: boolean): PlacedBlock => ({
  group,
  cell,
  in: cell.inputs[0]?.channels ?? from.channels,
  out: outputShape(cell).channels,
  stride: first ? group.stride : 1,
});

/** Names in some calls, and in all of them. */
function usageOf(calls: readonly Call[]) {
  const named = calls.map(keywordsOf);
  const some = new Set(named.flat());
  return { some, all: new Set([...some].filter((name) => named.every((names) => names.includes(name)))) };
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}${n}`;
  return free;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
