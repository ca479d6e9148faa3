import type { Ref } from '../graph/cell.ts';
import { CellBuilder } from '../graph/cell-builder.ts';
import { ACTIVATIONS, type Operator } from '../graph/operator.ts';
import type { RunNode } from './node-times.ts';
import { operationModel } from './operation-model.ts';
import { AROUND, type TimedModel, timedModel } from './timed-model.ts';
import type { Kernels } from './timer.ts';

/** Runs a model once and hands back the nodes that ran. */
export type RunNodes = (model: TimedModel) => Promise<readonly RunNode[]>;

/** A width that is no multiple of 8 or 16: where kernels work in blocks the weights are padded to the next one. */
const ODD_WIDTH = 36;
const PADDED: Readonly<Record<number, number>> = { 40: 8, 48: 16, 64: 32 };
const ALIGNED = 64;

const SIDE = 8;

/** Operators that stand behind convolutions in networks. */
const BEHIND: readonly Operator[] = [
  ...ACTIVATIONS.map((kind): Operator => ({ op: 'activation', kind })),
  { op: 'sum', residual: true },
];

/** Operators that may read a map in blocks or not; windows of 2 × 2 and 3 × 3 are pooled alike. */
const LAYOUT_OPS = [
  ...ACTIVATIONS,
  ...['maxpool', 'avgpool', 'globalpool', 'sum', 'product', 'concat', 'split', 'shuffle', 'upsample', 'groupnorm'],
];

/** What the runtime's own record of a few small models shows: the block of its kernels, what it fuses, what leaves the blocks. */
export async function findKernels(run: RunNodes): Promise<Kernels> {
  const channelBlock = await findBlock(run);
  const fused = await findFused(run);
  if (channelBlock === 1) return { channelBlock, fused, layout: undefined };
  const plain: string[] = [];
  for (const op of LAYOUT_OPS) if (await leavesBlocks(run, op, ALIGNED)) plain.push(op);
  return { channelBlock, fused, layout: { plain } };
}

async function findBlock(run: RunNodes): Promise<number> {
  const model = operationModel(operation('conv', ODD_WIDTH, 3));
  const conv = model && (await run(model)).find(isConv);
  return PADDED[conv?.shapes[1]?.[0] ?? ODD_WIDTH] ?? 1;
}

/**
 * Chains behind a convolution that add no node to those that run without them. Two links are tried, `sum relu`, because a
 * residual block ends so.
 */
async function findFused(run: RunNodes): Promise<string[]> {
  const without = await countBehind(run, []);
  const isFused = async (chain: readonly Operator[]): Promise<boolean> => (await countBehind(run, chain)) <= without;
  const fused: string[] = [];
  if (await isFused([{ op: 'batchnorm' }])) fused.push('batchnorm');
  for (const operator of BEHIND) {
    if (!(await isFused([operator]))) continue;
    fused.push(nameOf(operator));
    if (operator.op !== 'sum') continue;
    for (const next of BEHIND)
      if (next.op !== 'sum' && (await isFused([operator, next]))) fused.push(`${nameOf(operator)} ${nameOf(next)}`);
  }
  return fused;
}

/** How many nodes run for two convolutions with a chain between them; what a sum adds is the activated output of a third. */
async function countBehind(run: RunNodes, chain: readonly Operator[]): Promise<number> {
  const cell = new CellBuilder({ channels: 16, height: SIDE, width: SIDE, halvings: 0 });
  const conv = (x: Ref): Ref =>
    cell.add({ op: 'conv', out: 16, kernel: 3, stride: 1, groups: 1, dilation: 1, bias: true }, [x]);
  const beside = cell.act(conv(cell.input()), 'relu');
  let x = conv(beside);
  for (const operator of chain) x = cell.add(operator, operator.op === 'sum' ? [x, beside] : [x]);
  const end = cell.add({ op: 'globalpool' }, [conv(x)]);
  const model = timedModel(cell.build(end), [end]);
  return model === undefined ? Number.POSITIVE_INFINITY : (await run(model)).length;
}

/** Whether a map is brought out of the blocks, or an activation's into them, for an operator of so many channels. */
async function leavesBlocks(run: RunNodes, op: string, channels: number): Promise<boolean> {
  const model = operationModel(operation(op, channels, op.endsWith('pool') && op !== 'globalpool' ? 3 : 1));
  if (model === undefined) return false;
  const nodes = await run(model);
  return nodes.some((node) => isMove(node) && (node.shapes[0]?.[2] ?? 1) > 1);
}

const operation = (op: string, channels: number, kernel: number) => ({
  ...{ op, kernel, stride: 1, grouping: 'one' as const, groups: 1 },
  ...{ in: channels, out: outOf(op, channels), height: SIDE, width: SIDE },
});

/** Concatenation doubles the channels of its test, and a split halves them. */
export const outOf = (op: string, channels: number): number =>
  op === 'concat' ? 2 * channels : op === 'split' ? channels / 2 : channels;

const nameOf = (operator: Operator): string => (operator.op === 'activation' ? operator.kind : operator.op);

const isConv = ({ op }: RunNode): boolean => /Conv/.test(op);
const isMove = ({ op }: RunNode): boolean => op === 'ReorderInput' || op === 'ReorderOutput';

/** Which nodes are an operator of its model (operation-model.ts): not those around it, nor what brings maps into a layout. */
export function ownNodes(op: string, nodes: readonly RunNode[]): readonly RunNode[] {
  if (op === 'conv' || op === 'conv plain') return nodes.filter(isConv);
  if (op === 'enter' || op === 'leave')
    return nodes.filter((node) => node.op === (op === 'enter' ? 'ReorderInput' : 'ReorderOutput') && isMap(node));
  return nodes.filter(
    (node) => !isMove(node) && !isConv(node) && !node.name.startsWith(AROUND) && !/^y\d/.test(node.name),
  );
}

const isMap = ({ shapes }: RunNode): boolean => (shapes[0]?.[2] ?? 1) > 1;
