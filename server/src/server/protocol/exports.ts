import type { Range } from 'vscode-languageserver-types';
import { ourRequest } from './message.ts';

export interface ExportChoicesParams {
  readonly uri: string;
}

/** What a file has that can be written in another format, and those formats. Null when the file is not open. */
export type ExportChoicesAnswer = {
  readonly version: number;
  readonly designs: readonly { readonly kind: 'backbone' | 'detector'; readonly name: string }[];
  readonly formats: readonly {
    readonly name: string;
    readonly title: string;
    readonly doc: string;
    /** With its dot. */
    readonly extension: string;
    readonly takesDetectors: boolean;
    readonly hasWeights: boolean;
  }[];
} | null;

/** client → server. What *Export* offers. */
export const EXPORT_CHOICES_REQUEST = ourRequest<ExportChoicesParams, ExportChoicesAnswer>('mae/exportChoices');

export interface ExportParams {
  readonly uri: string;
  readonly kind: 'backbone' | 'detector';
  readonly name: string;
  readonly format: string;
  readonly weights: 'none' | 'random';
  /** The file to write, which the person chose. Others may belong to it. */
  readonly path: string;
  /** The person wants what stands there written over. */
  readonly replace: boolean;
}

export type ExportAnswer =
  | { readonly kind: 'written'; readonly paths: readonly string[] }
  /** Nothing was written, because these are there already. */
  | { readonly kind: 'taken'; readonly paths: readonly string[] }
  /** `range` where the format has nothing for what stands there. */
  | { readonly kind: 'failed'; readonly message: string; readonly range?: Range };

/** client → server. Writes a design in another format: models are too large to send. */
export const EXPORT_REQUEST = ourRequest<ExportParams, ExportAnswer>('mae/export');
