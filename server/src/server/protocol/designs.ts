import type { TextEdit } from 'vscode-languageserver-types';
import { ourRequest } from './message.ts';

export interface DesignEditParams {
  readonly uri: string;
  /** Of a SearchDesign. */
  readonly id: string;
  /** Its text, for a server that answered `unknown`: it was started after the design was found. */
  readonly text?: string;
}

export type DesignEditAnswer =
  | {
      readonly kind: 'edit';
      readonly version: number;
      readonly edits: readonly TextEdit[];
      /** The whole text with the edits, to compare with. */
      readonly text: string;
    }
  /** The backbone is no longer in the file, or the file is not open. */
  | { readonly kind: 'gone' }
  /** The server does not have the design. */
  | { readonly kind: 'unknown' };

/** client → server. What would a found design change in the text as it is now? The client applies the edits. */
export const DESIGN_EDIT_REQUEST = ourRequest<DesignEditParams, DesignEditAnswer>('mae/designEdit');
