import type { ComparedDesign } from '../../../server/src/server/protocol.ts';

/** extension → comparison. */
export interface ToCompare {
  readonly type: 'designs';
  readonly uri: string;
  readonly file: string;
  readonly estimator: string;
  readonly designs: readonly ComparedDesign[];
  /** Ids of those side by side, in this order. */
  readonly chosen: readonly string[];
}

/** comparison → extension. */
export type FromCompare = { readonly type: 'ready' } | { readonly type: 'choose'; readonly ids: readonly string[] };

export function isFromCompare(value: unknown): value is FromCompare {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  if (value.type === 'ready') return true;
  if (value.type !== 'choose' || !('ids' in value) || !Array.isArray(value.ids)) return false;
  return value.ids.every((id) => typeof id === 'string');
}

/** What is side by side: what was chosen and is still there; before a choice the first of the file, then others. */
export function chosenOf(designs: readonly ComparedDesign[], wanted: readonly string[] | undefined): string[] {
  const ids = designs.map((d) => d.id);
  if (wanted !== undefined) return wanted.filter((id) => ids.includes(id));
  return ids.slice(0, 2);
}
