import { integer, message, text } from './fields.ts';
import type { OnnxGraph, OnnxModel } from './model.ts';
import { readGraph } from './read-graph.ts';
import { type ByteSource, Cursor, readMessage, WireFault } from './wire.ts';

/** What is wrong with a file, and at which byte it was seen. */
export interface OnnxFault {
  readonly message: string;
  readonly offset: number;
}

export type OnnxOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: OnnxFault };

/**
 * Reads the network of an ONNX file and none of its weights, however large they are. Data beside the file is not looked
 * for. Whatever the bytes are, the answer is a model or what is wrong with them.
 */
export function readOnnx(source: ByteSource): OnnxOutcome<OnnxModel> {
  const cursor = new Cursor(source);
  try {
    return readModel(cursor);
  } catch (error) {
    if (!(error instanceof WireFault)) throw error;
    return failed(error.message, error.offset);
  }
}

export const failed = (message: string, offset: number): OnnxOutcome<never> => ({
  ok: false,
  fault: { message, offset },
});

function readModel(cursor: Cursor): OnnxOutcome<OnnxModel> {
  let irVersion = 0;
  let [producer, producerVersion] = ['', ''];
  let graph: OnnxGraph | undefined;
  let opset = 0;
  readMessage(cursor, cursor.size, 'ModelProto', {
    1: integer(cursor, (value) => {
      irVersion = value;
    }),
    2: text(cursor, (value) => {
      producer = value;
    }),
    3: text(cursor, (value) => {
      producerVersion = value;
    }),
    7: message(cursor, (end) => {
      graph = readGraph(cursor, end);
    }),
    8: message(cursor, (end) => {
      const { domain, version } = readOpset(cursor, end);
      if (domain === '' || domain === 'ai.onnx') opset = version;
    }),
  });
  if (graph === undefined) return failed('there is no graph in it', 0);
  return { ok: true, value: { irVersion, producer, producerVersion, opset, graph, bytesRead: cursor.bytesRead } };
}

function readOpset(cursor: Cursor, end: number): { readonly domain: string; readonly version: number } {
  let domain = '';
  let version = 0;
  readMessage(cursor, end, 'OperatorSetIdProto', {
    1: text(cursor, (value) => {
      domain = value;
    }),
    2: integer(cursor, (value) => {
      version = value;
    }),
  });
  return { domain, version };
}
