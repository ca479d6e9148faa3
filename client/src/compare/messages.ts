import type { ComparedDesign } from '../../../server/src/server/protocol.ts';
import type { Measures } from './rows.ts';

/** The designs of one file, or the published ones. */
export interface ComparedGroup {
  /** Undefined for the published ones. */
  readonly uri: string | undefined;
  readonly label: string;
  /** It was added, or something of it was chosen: it can be removed. */
  readonly stays: boolean;
  /** Why it shows less than it could: it is gone, or has errors. */
  readonly problem: string | undefined;
  readonly designs: readonly ComparedDesign[];
}

/** extension → comparison. */
export interface ToCompare extends Measures {
  readonly type: 'designs';
  /** The file in front, to be kept over a reload. */
  readonly uri: string | undefined;
  readonly groups: readonly ComparedGroup[];
  /** Ids of those side by side, in this order. */
  readonly shown: readonly string[];
  /** Which of them the others are measured against. */
  readonly reference: string | undefined;
  /** Whether words on where scores are not to be trusted are wanted. */
  readonly evidence: boolean;
  readonly at: string | undefined;
  readonly atProblem: string | undefined;
}

/** comparison → extension. */
export type FromCompare =
  | { readonly type: 'ready' }
  | { readonly type: 'add' }
  | { readonly type: 'remove'; readonly uri: string }
  | { readonly type: 'choose'; readonly id: string; readonly on: boolean }
  | { readonly type: 'reference'; readonly id: string }
  /** What was typed; empty for each at its own. */
  | { readonly type: 'at'; readonly at: string };

export function isFromCompare(value: unknown): value is FromCompare {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  const has = (field: 'uri' | 'id' | 'at'): boolean => typeof new Map(Object.entries(value)).get(field) === 'string';
  switch (value.type) {
    case 'ready':
    case 'add':
      return true;
    case 'remove':
      return has('uri');
    case 'choose':
      return has('id') && 'on' in value && typeof value.on === 'boolean';
    case 'reference':
      return has('id');
    case 'at':
      return has('at');
    default:
      return false;
  }
}
