import { writeOperator } from '../exchange/onnx-writer/operators.ts';
import { dimsOf } from '../exchange/onnx-writer/write-network.ts';
import { type Cell, inputRef, type Ref, shapeAt } from '../graph/cell.ts';
import { TimedModelBuilder } from './pooled-weights.ts';

/** A model of ONNX for one image, to be timed. */
export interface TimedModel {
  readonly bytes: Uint8Array;
  readonly input: ModelInput;
}

export interface ModelInput {
  readonly name: string;
  /** 1 × channels × height × width, of float32. */
  readonly dims: readonly number[];
}

/** What nodes that make the timed one's input or take its output are called, so that a runtime's own profile tells them apart. */
export const AROUND = 'around';
export const TIMED = 'timed';

const INPUT = 'x';
const OUTPUT = 'y';

/**
 * Writes a cell of one input as a model.
 *
 * @param outputs what it hands on; every one should be small
 * @param timed the node that is called so; all of them where there is none
 * @returns undefined where ONNX has no operator here for one of its nodes
 */
export function timedModel(cell: Cell, outputs: readonly Ref[], timed?: Ref): TimedModel | undefined {
  const model = new TimedModelBuilder();
  const dims = dimsOf(shapeAt(cell, inputRef(0)));
  model.input(INPUT, dims);
  const made: string[] = [];
  const at = (ref: Ref): string => (ref < 0 ? INPUT : (made[ref] ?? INPUT));
  for (const [index, node] of cell.nodes.entries()) {
    const name = `${timed === undefined || index === timed ? TIMED : AROUND}${index}`;
    const tensor = writeOperator(model, {
      operator: node.operator,
      reads: node.reads.map(at),
      from: shapeAt(cell, node.reads[0] ?? inputRef(0)),
      to: node.shape,
      name,
      weights: name,
      key: [index],
    });
    if (tensor === undefined) return undefined;
    made.push(tensor);
  }
  for (const [i, ref] of outputs.entries()) model.output(`${OUTPUT}${i}`, dimsOf(shapeAt(cell, ref)), at(ref));
  return { bytes: model.model('timed', 'To be timed.').whole(), input: { name: INPUT, dims } };
}
