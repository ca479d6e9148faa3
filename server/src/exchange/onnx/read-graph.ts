import { floats, integer, integers, LONGEST_LIST, message, single, stepped, text } from './fields.ts';
import type { Attribute, Axis, OnnxGraph, OnnxNode, TensorData, ValueInfo } from './model.ts';
import { readSparseTensor, readTensor } from './read-tensor.ts';
import { BYTES, type Cursor, readMessage, WireFault } from './wire.ts';

/** The largest convolutional networks have some thousands. */
const MOST_NODES = 60_000;
const MOST_VALUES = 200_000;
/** An attribute in words, such as SAME_UPPER, is short. */
const LONGEST_WORD = 256;

/** A GraphProto. Graphs inside attributes (of If, Loop, Scan) are stepped over, so that nothing here can nest. */
export function readGraph(cursor: Cursor, end: number): OnnxGraph {
  const nodes: OnnxNode[] = [];
  const initialisers = new Map<string, TensorData>();
  const inputs: ValueInfo[] = [];
  const outputs: ValueInfo[] = [];
  const values: ValueInfo[] = [];
  const value = (into: ValueInfo[]) =>
    message(cursor, (last) => {
      if (into.length >= MOST_VALUES) throw new WireFault(`there are more than ${MOST_VALUES} values`, cursor.position);
      into.push(readValue(cursor, last));
    });
  const initialiser = (read: (cursor: Cursor, end: number) => TensorData) =>
    message(cursor, (last) => {
      if (initialisers.size >= MOST_VALUES)
        throw new WireFault(`there are more than ${MOST_VALUES} initialisers`, cursor.position);
      const tensor = read(cursor, last);
      initialisers.set(tensor.name, tensor);
    });
  readMessage(cursor, end, 'GraphProto', {
    1: message(cursor, (last) => {
      if (nodes.length >= MOST_NODES) throw new WireFault(`there are more than ${MOST_NODES} nodes`, cursor.position);
      nodes.push(readNode(cursor, last));
    }),
    5: initialiser(readTensor),
    11: value(inputs),
    12: value(outputs),
    13: value(values),
    15: initialiser(readSparseTensor),
  });
  return { nodes, initialisers, inputs, outputs, values };
}

function readNode(cursor: Cursor, end: number): OnnxNode {
  const offset = cursor.position;
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  let [op, name, domain] = ['', '', ''];
  readMessage(cursor, end, 'NodeProto', {
    1: text(cursor, (value) => inputs.push(value)),
    2: text(cursor, (value) => outputs.push(value)),
    3: text(cursor, (value) => {
      name = value;
    }),
    4: text(cursor, (value) => {
      op = value;
    }),
    5: message(cursor, (last) => {
      const { key, attribute } = readAttribute(cursor, last);
      attributes.set(key, attribute);
    }),
    7: text(cursor, (value) => {
      domain = value;
    }),
  });
  if (op === '') throw new WireFault(`node '${name}' has no operator`, offset);
  // Objects of a node weigh more than its names.
  cursor.keep(64);
  return { op, name, domain, inputs, outputs, attributes, offset };
}

function readAttribute(cursor: Cursor, end: number): { readonly key: string; readonly attribute: Attribute } {
  let key = '';
  const read: { int?: number; float?: number; text?: string; tensor?: TensorData } = {};
  const ints: number[] = [];
  const singles: number[] = [];
  readMessage(cursor, end, 'AttributeProto', {
    1: text(cursor, (value) => {
      key = value;
    }),
    2: single(cursor, (value) => {
      read.float = value;
    }),
    3: integer(cursor, (value) => {
      read.int = value;
    }),
    4: {
      types: [BYTES],
      read: (length) => {
        if (length <= LONGEST_WORD) read.text = cursor.text(length);
        else cursor.position += length;
      },
    },
    5: message(cursor, (last) => {
      read.tensor = readTensor(cursor, last);
    }),
    6: stepped(cursor, () => undefined),
    7: floats(cursor, singles),
    8: integers(cursor, ints),
  });
  return {
    key,
    attribute: {
      ...read,
      ...(ints.length === 0 || ints.length > LONGEST_LIST ? {} : { ints }),
      ...(singles.length === 0 || singles.length > LONGEST_LIST ? {} : { floats: singles }),
    },
  };
}

/** A ValueInfoProto: of its types only that of a tensor has a shape. */
function readValue(cursor: Cursor, end: number): ValueInfo {
  let name = '';
  let type = 0;
  let dims: Axis[] | undefined;
  readMessage(cursor, end, 'ValueInfoProto', {
    1: text(cursor, (value) => {
      name = value;
    }),
    2: message(cursor, (typeEnd) =>
      readMessage(cursor, typeEnd, 'TypeProto', {
        1: message(cursor, (tensorEnd) =>
          readMessage(cursor, tensorEnd, 'TypeProto.Tensor', {
            1: integer(cursor, (value) => {
              type = value;
            }),
            2: message(cursor, (shapeEnd) => {
              dims = readShape(cursor, shapeEnd);
            }),
          }),
        ),
      }),
    ),
  });
  return { name, type, ...(dims === undefined ? {} : { dims }) };
}

function readShape(cursor: Cursor, end: number): Axis[] {
  const dims: Axis[] = [];
  readMessage(cursor, end, 'TensorShapeProto', {
    1: message(cursor, (last) => {
      let axis: Axis;
      readMessage(cursor, last, 'TensorShapeProto.Dimension', {
        1: integer(cursor, (value) => {
          axis = value;
        }),
        2: text(cursor, (value) => {
          axis = value;
        }),
      });
      cursor.keep(16);
      // Some exporters write 0 or −1 where an axis is left open.
      dims.push(typeof axis === 'number' && axis <= 0 ? undefined : axis);
    }),
  });
  return dims;
}
