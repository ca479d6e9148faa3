import type { ModelTable } from '../../exchange/onnx/table.ts';
import { ourRequest } from './message.ts';

export type { ModelLayer, ModelTable } from '../../exchange/onnx/table.ts';

/** What is asked about a model: a file on the disk, because weights are stepped over and never sent. */
export interface ModelParams {
  readonly uri: string;
  /** HEIGHTxWIDTH of its images, as a person typed it; left out, what the file says, or the usual size. */
  readonly size?: string;
}

/** Why a model cannot be read, in a sentence, and at which byte that was seen. */
export interface ModelFault {
  readonly message: string;
  readonly offset?: number;
}

export type InspectModelAnswer =
  | {
      readonly kind: 'model';
      readonly model: ModelTable;
      /** Why `size` is none; the model is then as it is without. */
      readonly sizeProblem?: string;
    }
  | ({ readonly kind: 'fault' } & ModelFault);

/** client → server. What an ONNX model costs, layer by layer; cancelled by cancelling the request. */
export const INSPECT_MODEL_REQUEST = ourRequest<ModelParams, InspectModelAnswer>('mae/inspectModel');

export interface ImportModelParams extends ModelParams {
  /** With a budget of its own costs, a space around it, and a search for a better one. */
  readonly search?: boolean;
}

export type ImportModelAnswer =
  | {
      readonly kind: 'design';
      /** A whole file. */
      readonly mae: string;
      /** Whether it has the same convolutions in the same order with the same shapes; otherwise what is different. */
      readonly exact: boolean;
      readonly differences: readonly string[];
    }
  /** It is no network of the language, as far as is known here. */
  | { readonly kind: 'none'; readonly why: string }
  | ({ readonly kind: 'fault' } & ModelFault);

/** client → server. The text that an ONNX model would be; the client opens it as a new file. */
export const IMPORT_MODEL_REQUEST = ourRequest<ImportModelParams, ImportModelAnswer>('mae/importModel');
