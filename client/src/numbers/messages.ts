import type { NumbersBackbone } from '../../../server/src/server/protocol.ts';
import type { Sort } from '../webviews/sort.ts';

/** extension → numbers. */
export type ToNumbers =
  | {
      readonly type: 'numbers';
      readonly file: string;
      readonly backbones: readonly NumbersBackbone[];
      /** Those of the file as it was saved last, as far as they could be read; the changes are against these. */
      readonly saved: readonly NumbersBackbone[];
      /** Undefined for the order of the file. */
      readonly sort: Sort | undefined;
    }
  /** There is no file to show. */
  | { readonly type: 'nothing' }
  /** The cursor's line, from 0. */
  | { readonly type: 'cursor'; readonly line: number };

/** numbers → extension. */
export type FromNumbers =
  | { readonly type: 'ready' }
  | { readonly type: 'reveal'; readonly line: number }
  /** The head of a column was pressed. */
  | { readonly type: 'sort'; readonly column: string }
  /** What the words mean. */
  | { readonly type: 'glossary' };

export function isFromNumbers(value: unknown): value is FromNumbers {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  if (value.type === 'reveal') return 'line' in value && Number.isInteger(value.line);
  if (value.type === 'sort') return 'column' in value && typeof value.column === 'string';
  return value.type === 'ready' || value.type === 'glossary';
}
