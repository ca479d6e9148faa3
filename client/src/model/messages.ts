import type { ModelFault, ModelTable } from '../../../server/src/server/protocol.ts';
import type { KeptPage } from './kept.ts';
import type { LayerView } from './rows.ts';

/** extension → model. */
export type ToModel =
  | {
      readonly type: 'model';
      readonly file: string;
      readonly model: ModelTable;
      /** As a person left the page. Its size is HEIGHTxWIDTH; left out for what the file says. */
      readonly page: KeptPage;
      /** Why the size is none. */
      readonly sizeProblem?: string;
    }
  | ({ readonly type: 'fault'; readonly file: string } & ModelFault);

/** model → extension. */
export type FromModel =
  | { readonly type: 'ready' }
  /** The person looks at other layers, or in another order, or scrolled. */
  | { readonly type: 'looked'; readonly view: LayerView; readonly top: number }
  /** Left out for what the file says. */
  | { readonly type: 'size'; readonly size?: string }
  | { readonly type: 'retry' }
  | { readonly type: 'import' }
  /** Into the clipboard, with what is said of it. */
  | { readonly type: 'copy'; readonly text: string; readonly said: string };

const isText = (value: unknown): boolean => typeof value === 'string';

export function isFromModel(value: unknown): value is FromModel {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  const { type } = value;
  if (type === 'looked') return 'view' in value && 'top' in value && typeof value.top === 'number';
  if (type === 'size') return !('size' in value) || isText(value.size);
  if (type === 'copy') return 'text' in value && isText(value.text) && 'said' in value && isText(value.said);
  return type === 'ready' || type === 'retry' || type === 'import';
}
