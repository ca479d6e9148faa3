import { planOf } from './evolve/plan.ts';
import type { IslandState } from './executor.ts';
import { type Fields, isCount, isFields, isNumbers } from './fields.ts';
import { designsOf, plainDesigns } from './measured/plain-designs.ts';
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
  return state === undefined ? { wrong: 'its state is damaged' } : { state };
}

/** What makes two tasks the same search: everything but the threads that do it, and what ends it early. */
function identity({ workers: _, timeLimit: _limit, plateau: _plateau, ...task }: SearchTask): object {
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
  return names.find((name) => JSON.stringify(a[name]) !== JSON.stringify(own[name]));
}

function stateOf(value: unknown, task: SearchTask): SearchState | undefined {
  if (!isFields(value)) return undefined;
  const { epoch, seconds, islands } = value;
  if (!isCount(epoch) || typeof seconds !== 'number' || !Array.isArray(islands)) return undefined;
  const read = islands.flatMap((island: unknown, index) => islandOf(island, index, task) ?? []);
  return read.length === planOf(task).islands ? { epoch, seconds, islands: read } : undefined;
}

function islandOf(value: unknown, index: number, task: SearchTask): IslandState | undefined {
  if (!isFields(value) || value['index'] !== index) return undefined;
  const { evaluations, improvedAt, random, culled, exhausted, members, front } = value;
  const width = 4 * task.start.groups.length;
  if (!isCount(evaluations) || !isCount(improvedAt) || typeof culled !== 'boolean' || typeof exhausted !== 'boolean')
    return undefined;
  if (!isNumbers(random) || random.length !== 4 || !isNumbers(members) || !isNumbers(front)) return undefined;
  if (members.length === 0 || members.length % width !== 0 || front.length % width !== 0) return undefined;
  const measured = isMeasured(task) ? designsOf(value['measured'], width) : undefined;
  if (isMeasured(task) && measured === undefined) return undefined;
  return {
    index,
    evaluations,
    improvedAt,
    random,
    culled,
    exhausted,
    members: Int32Array.from(members),
    // Whoever goes on with the island computes it anew.
    fitness: new Float64Array(members.length / width).fill(-Infinity),
    front: Int32Array.from(front),
    ...(measured === undefined ? {} : { measured }),
  };
}
