import type { PictureBackbone } from '../../../server/src/server/protocol.ts';

/** extension → picture. */
export type ToPicture =
  | {
      readonly type: 'picture';
      readonly uri: string;
      readonly file: string;
      readonly backbones: readonly PictureBackbone[];
    }
  /** The cursor's line, from 0. */
  | { readonly type: 'cursor'; readonly line: number }
  | { readonly type: 'say'; readonly text: string };

/** picture → extension. */
export type FromPicture =
  | { readonly type: 'ready' }
  | { readonly type: 'reveal'; readonly line: number }
  | { readonly type: 'export'; readonly backbone: string };

export function isFromPicture(value: unknown): value is FromPicture {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  if (value.type === 'reveal') return 'line' in value && Number.isInteger(value.line);
  if (value.type === 'export') return 'backbone' in value && typeof value.backbone === 'string';
  return value.type === 'ready';
}
