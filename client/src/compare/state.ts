import type { ComparedDesign } from '../../../server/src/server/protocol.ts';

/** What a person put side by side; kept with the workspace. Plain data, changed by the functions below. */
export interface Comparison {
  /** URIs of the files that stay until they are removed, in the order in which they came. */
  readonly files: readonly string[];
  /** Ids side by side in this order, EVERY of a file among them; undefined before any choice. */
  readonly chosen: readonly string[] | undefined;
  /** Id of the design that the others are measured against; undefined for the first. */
  readonly reference: string | undefined;
  /** HEIGHTxWIDTH for all as it was typed; undefined for each at its own. */
  readonly at: string | undefined;
}

export const NOTHING: Comparison = { files: [], chosen: undefined, reference: undefined, at: undefined };

/** A file that was added brings so many of its backbones; the others wait to be ticked. */
const BROUGHT = 4;

/** Stands for the first backbones of a file, whichever they are by then. */
const every = (uri: string): string => `${uri}#*`;

const isOf = (uri: string) => (id: string) => id.startsWith(`${uri}#`);

/** The files to show: the one in front too, unless it stays anyway. */
export const filesOf = ({ files }: Comparison, front: string | undefined): string[] =>
  front === undefined || files.includes(front) ? [...files] : [front, ...files];

/** Adds files beside what is shown, or instead of it when they are enough for a comparison by themselves. */
export function addFiles(
  state: Comparison,
  uris: readonly string[],
  { shown, front, instead }: { shown: readonly string[]; front: string | undefined; instead: boolean },
): Comparison {
  const before = instead && uris.length > 1 ? [] : shown;
  const others = before.filter((id) => !uris.some((uri) => isOf(uri)(id)));
  const chosen = [...others, ...uris.map(every)];
  return { ...state, ...staying({ ...state, files: [...new Set([...state.files, ...uris])] }, chosen, front) };
}

/** Ticks or unticks one. A file that something is chosen of stays when another one comes to the front. */
export function choose(
  state: Comparison,
  id: string,
  { on, shown, front }: { on: boolean; shown: readonly string[]; front: string | undefined },
): Comparison {
  // What cannot be shown for a moment, as while its file is broken, stays chosen.
  const hidden = (state.chosen ?? []).filter((other) => !shown.includes(other) && !other.endsWith('#*'));
  const others = [...shown, ...hidden].filter((other) => other !== id);
  return { ...state, ...staying(state, on ? [...others, id] : others, front) };
}

export function removeFile(state: Comparison, uri: string): Comparison {
  const files = state.files.filter((other) => other !== uri);
  return { ...state, files, chosen: state.chosen?.filter((id) => !isOf(uri)(id)) };
}

function staying(
  { files }: Pick<Comparison, 'files'>,
  chosen: readonly string[],
  front: string | undefined,
): Pick<Comparison, 'files' | 'chosen'> {
  const stays = front !== undefined && !files.includes(front) && chosen.some(isOf(front));
  return { files: stays ? [front, ...files] : files, chosen };
}

/** Ids that are side by side: of what was chosen that which is there; before a choice the first two. */
export function shownOf({ chosen }: Comparison, designs: readonly ComparedDesign[]): string[] {
  const ids = designs.map((d) => d.id);
  if (chosen === undefined) return ids.slice(0, 2);
  const known = chosen.flatMap((id) =>
    id.endsWith('#*') ? ids.filter(isOf(id.slice(0, -2))).slice(0, BROUGHT) : ids.filter((other) => other === id),
  );
  return [...new Set(known)];
}

/** What was kept, as far as it is what we write. */
export function isComparison(value: unknown): value is Comparison {
  if (typeof value !== 'object' || value === null || !('files' in value)) return false;
  const text = (field: unknown): boolean => field === undefined || typeof field === 'string';
  const texts = (field: unknown): boolean => Array.isArray(field) && field.every((one) => typeof one === 'string');
  const { files, chosen, reference, at } = { ...NOTHING, ...value };
  return texts(files) && (chosen === undefined || texts(chosen)) && text(reference) && text(at);
}
