import { planOf } from './evolve/plan.ts';
import type { IslandState } from './executor.ts';
import { type Fields, isCount, isFields, isNumbers } from './fields.ts';
import { type MeasuredDesigns, scoreTable } from './measured/designs.ts';
import { designsOf, plainDesigns } from './measured/plain-designs.ts';
import { admission } from './model/admission.ts';
import { prepare } from './model/prepare.ts';
import type { SearchState } from './run.ts';
import { isMeasured, type SearchTask } from './task.ts';

/** Raised whenever a state of this version could mean something else to the code that reads it. */
export const CHECKPOINT_VERSION = 1;
const FORMAT = 'mae-search-checkpoint';

/** The text of a checkpoint: the task, and the search between two epochs. */
export function writeCheckpoint(task: SearchTask, state: SearchState): string {
  const islands = state.islands.map(({ fitness: _, ...island }) => ({
    ...island,
    random: [...island.random],
    members: [...island.members],
    front: [...island.front],
    ...(island.measured === undefined ? {} : { measured: plainDesigns(island.measured) }),
  }));
  return JSON.stringify({
    format: FORMAT,
    version: CHECKPOINT_VERSION,
    task: identity(task),
    state: { ...state, islands },
  });
}

export type CheckpointReading = { readonly state: SearchState } | { readonly wrong: string };

/** Reads a checkpoint of exactly this task, or says what is wrong with it. */
export function readCheckpoint(text: string, task: SearchTask): CheckpointReading {
  const data = parsed(text);
  if (data === undefined) return { wrong: 'it is cut off or no checkpoint at all' };
  if (data['format'] !== FORMAT) return { wrong: 'it is no checkpoint of a search' };
  if (data['version'] !== CHECKPOINT_VERSION)
    return {
      wrong: `it is of version ${String(data['version'])}, and this program reads version ${CHECKPOINT_VERSION}`,
    };
  const other = difference(data['task'], identity(task));
  if (other !== undefined) return { wrong: `it belongs to another search: ${other} differs` };
  const state = stateOf(data['state'], task);
  if (state === undefined) return { wrong: 'its state is damaged' };
  return hasForeign(state, task) ? { wrong: 'it has a design that is outside the space or the budget' } : { state };
}

/** What makes two tasks the same search: everything but the workers that do it, what ends it early, and the proof after it. */
function identity({ workers: _, timeLimit: _limit, plateau: _plateau, prove: _prove, ...task }: SearchTask): object {
  return JSON.parse(JSON.stringify(task));
}

function parsed(text: string): Fields | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return isFields(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** The first field in which two tasks differ. */
function difference(a: unknown, b: object): string | undefined {
  if (!isFields(a)) return 'its task';
  const own: Fields = { ...b };
  const names = [...new Set([...Object.keys(own), ...Object.keys(a)])];
  return names.find((name) => !isLike(own[name], a[name]));
}

/** Looks only as deep as what it is compared with, whatever a file has there. */
function isLike(own: unknown, other: unknown): boolean {
  if (!isFields(own) || !isFields(other)) return own === other;
  const names = Object.keys(own);
  return (
    Array.isArray(own) === Array.isArray(other) &&
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isLike(own[name], other[name]))
  );
}

/** Whether any design is none that this search could have made. Of a task that cannot be searched nothing is asked. */
function hasForeign({ islands }: SearchState, task: SearchTask): boolean {
  const prepared = prepare(task);
  if (prepared.kind === 'problem') return false;
  const admits = admission(prepared.model);
  const width = prepared.genes.length;
  return islands.some(({ members, front, measured }) =>
    [members, front, measured?.genes ?? members].some((genes) => !everyDesign(genes, width, admits)),
  );
}

function everyDesign(genes: Int32Array, width: number, admits: (design: Int32Array) => boolean): boolean {
  for (let at = 0; at < genes.length; at += width) if (!admits(genes.subarray(at, at + width))) return false;
  return true;
}

function stateOf(value: unknown, task: SearchTask): SearchState | undefined {
  if (!isFields(value)) return undefined;
  const { epoch, seconds, islands } = value;
  if (!isCount(epoch) || typeof seconds !== 'number' || seconds < 0 || !Array.isArray(islands)) return undefined;
  const read = islands.flatMap((island: unknown, index) => islandOf(island, index, task) ?? []);
  return read.length === planOf(task).islands ? { epoch, seconds, islands: read } : undefined;
}

function islandOf(value: unknown, index: number, task: SearchTask): IslandState | undefined {
  if (!isFields(value) || value['index'] !== index) return undefined;
  const { evaluations, improvedAt, random, culled, exhausted, members, front } = value;
  const width = 4 * task.start.groups.length;
  if (!isCount(evaluations) || !isCount(improvedAt) || typeof culled !== 'boolean' || typeof exhausted !== 'boolean')
    return undefined;
  if (evaluations < 1) return undefined;
  if (!isNumbers(random) || random.length !== 4 || !isNumbers(members) || !isNumbers(front)) return undefined;
  if (members.length === 0 || members.length % width !== 0 || front.length % width !== 0) return undefined;
  const measured = isMeasured(task) ? designsOf(value['measured'], width) : undefined;
  if (isMeasured(task) && measured === undefined) return undefined;
  const designs = Int32Array.from(members);
  if (measured !== undefined && !areMeasured(designs, measured, width)) return undefined;
  return {
    index,
    evaluations,
    improvedAt,
    random,
    culled,
    exhausted,
    members: designs,
    // Whoever goes on with the island computes it anew.
    fitness: new Float64Array(members.length / width).fill(-Infinity),
    front: Int32Array.from(front),
    ...(measured === undefined ? {} : { measured }),
  };
}

function areMeasured(members: Int32Array, measured: MeasuredDesigns, width: number): boolean {
  const table = scoreTable(measured, width);
  return everyDesign(members, width, (design) => table.has(design.join()));
}
