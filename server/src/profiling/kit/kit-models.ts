import type { Backbone } from '../../backbone/backbone.ts';
import { lower } from '../../backbone/lower.ts';
import { OnnxBuilder } from '../../exchange/onnx-writer/builder.ts';
import { type PlacedGraph, writeNetwork } from '../../exchange/onnx-writer/write-network.ts';
import { outputShape } from '../../graph/cell.ts';
import { CellBuilder } from '../../graph/cell-builder.ts';
import { ACTIVATIONS, type Operator } from '../../graph/operator.ts';
import type { Operation } from '../../latency/operation.ts';
import { type KitContent, POOL } from './kit.ts';

const SEED = 1;

/** A model of one operation, whose result is handed on as its means over the map. */
export function kitOperationModel(operation: Operation): KitContent {
  const { in: channels, height, width } = operation;
  const image = { channels, height, width, halvings: 0 };
  const cell = new CellBuilder(image);
  const x = cell.input();
  const made = operation.op === POOL ? x : cell.add(operatorOf(operation), operation.op === 'sum' ? [x, x] : [x]);
  const built = cell.build(cell.add({ op: 'globalpool' }, [made]));
  return modelOf({
    name: operation.op,
    image,
    sections: [
      {
        place: operation.op,
        reads: [-1],
        merge: undefined,
        cells: [{ cell: built, times: 1 }],
        keeps: [false],
        heldElements: 0,
        from: image,
        to: outputShape(built),
      },
    ],
    order: [0],
    outputs: [{ name: 'y', section: 0 }],
  });
}

/** A whole network, of which nothing but its last map is handed on. */
export const kitNetworkModel = (backbone: Backbone): KitContent => {
  const network = lower(backbone);
  return modelOf({ ...network, outputs: network.outputs.slice(-1) });
};

function modelOf(graph: PlacedGraph): KitContent {
  const model = new OnnxBuilder();
  const missing = writeNetwork(model, graph, SEED);
  if (missing !== undefined) throw new Error(`nothing was found that ONNX says ${missing} by`);
  return model.model(graph.name, 'Timed by mae profile.').content();
}

function operatorOf({ op, kernel, stride, groups, out }: Operation): Operator {
  const window = { kernel, stride };
  if (op === 'conv') return { op, ...window, out, groups, dilation: 1, bias: true };
  if (op === 'maxpool' || op === 'avgpool') return { op, ...window };
  const activation = ACTIVATIONS.find((kind) => kind === op);
  if (activation !== undefined) return { op: 'activation', kind: activation };
  return { op: 'sum', residual: false };
}
