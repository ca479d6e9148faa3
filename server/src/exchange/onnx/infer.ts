import type { ImageSize } from '../../backbone/backbone.ts';
import type { OnnxModel, OnnxNode, ValueInfo } from './model.ts';
import { ruleOf } from './operators/registry.ts';
import { isUnknown, type Tensor } from './operators/rule.ts';
import { ordered } from './order.ts';
import type { OnnxOutcome } from './read-model.ts';
import { type Sizing, sized } from './sizing.ts';
import { type Sources, sourcesOf, weightInputs } from './sources.ts';

/** A node with the shapes of what it reads and makes; undefined where they are not known. */
export interface Step {
  readonly node: OnnxNode;
  readonly inputs: readonly (Tensor | undefined)[];
  readonly outputs: readonly (Tensor | undefined)[];
  /** Why the outputs are not known: the operator's own reason, or the operator that it stands behind. */
  readonly lost?: { readonly why: string; readonly own: boolean };
}

/** A network with its shapes, for inputs of the sizes given. */
export interface Network {
  readonly model: OnnxModel;
  readonly steps: readonly Step[];
  readonly sizing: Sizing;
  readonly sources: Sources;
}

/** What is known of a tensor by its name: its shape, or the operator that it got lost behind. */
type Known = { readonly tensor: Tensor } | { readonly behind: string };

export function infer(model: OnnxModel, size: ImageSize | undefined): OnnxOutcome<Network> {
  const { graph, opset } = model;
  const order = ordered(graph);
  if (!order.ok) return order;
  const weights = weightInputs(graph, order.value);
  const isImage = ({ name }: ValueInfo): boolean => !graph.initialisers.has(name) && !weights.has(name);
  const sizing = sized(graph.inputs.filter(isImage), size);
  const known = new Map<string, Known>();
  for (const { name, type, shape } of sizing.inputs) known.set(name, { tensor: { dims: shape, type } });
  for (const input of graph.inputs) if (weights.has(input.name)) know(known, input);
  for (const [name, { dims, type, values }] of graph.initialisers)
    known.set(name, { tensor: { dims, type, ...(values === undefined ? {} : { values }) } });
  const declared = new Map(sizing.declared ? [...graph.values, ...graph.outputs].map((v) => [v.name, v]) : []);
  const steps = order.value.map((node) => {
    const step = stepOf(node, opset, known);
    for (const [i, name] of node.outputs.entries()) {
      const tensor = step.outputs[i];
      const told = declared.get(name);
      if (tensor !== undefined) known.set(name, { tensor });
      else if (told === undefined || !know(known, told)) known.set(name, { behind: behindOf(step) });
    }
    return step;
  });
  return { ok: true, value: { model, steps, sizing, sources: sourcesOf(graph, order.value, weights) } };
}

/** Takes what the file itself says of a tensor. */
function know(known: Map<string, Known>, { name, type, dims }: ValueInfo): boolean {
  const sizes = dims?.filter((axis) => typeof axis === 'number');
  if (dims === undefined || sizes?.length !== dims.length) return false;
  known.set(name, { tensor: { dims: sizes, type } });
  return true;
}

const behindOf = ({ node, lost }: Step): string => (lost === undefined || lost.own ? node.op : lost.why);

function stepOf(node: OnnxNode, opset: number, known: ReadonlyMap<string, Known>): Step {
  const read = node.inputs.map((name) => known.get(name));
  const inputs = read.map((one) => (one !== undefined && 'tensor' in one ? one.tensor : undefined));
  const gone = { node, inputs, outputs: node.outputs.map(() => undefined) };
  const rule = ruleOf(node.op, node.domain);
  if (rule === undefined) return { ...gone, lost: { why: reasonFor(node), own: true } };
  for (const one of read)
    if (one !== undefined && 'behind' in one) return { ...gone, lost: { why: one.behind, own: false } };
  const found = rule({ node, opset, inputs });
  if (isUnknown(found)) return { ...gone, lost: { why: found.why, own: true } };
  return { node, inputs, outputs: node.outputs.map((_, i) => found[i]) };
}

/** Operators whose output is as large as the data make it, or that run graphs of their own. */
const DATA_DEPENDENT: ReadonlySet<string> = new Set('NonMaxSuppression NonZero Unique Compress'.split(' '));
const NESTED: ReadonlySet<string> = new Set('If Loop Scan SequenceMap'.split(' '));

function reasonFor({ op, domain }: OnnxNode): string {
  if (domain !== '' && domain !== 'ai.onnx') return `operators of the domain ${domain} are not known here`;
  if (DATA_DEPENDENT.has(op)) return 'the size of its output depends on the image';
  return NESTED.has(op) ? 'it runs a graph of its own, as the image makes it' : 'this operator is not known here';
}
