import { readFileSync } from 'node:fs';
import type { Backbone } from '../../../../server/src/backbone/backbone.ts';
import { lower } from '../../../../server/src/backbone/lower.ts';
import type { Step } from '../../../../server/src/exchange/onnx/infer.ts';
import { type Inspection, inspect } from '../../../../server/src/exchange/onnx/inspect.ts';
import { explain } from '../../../../server/src/exchange/onnx/recognise/explain.ts';
import {
  type Recognised,
  type Recognition,
  recognise,
  said,
} from '../../../../server/src/exchange/onnx/recognise/recognise.ts';
import { patternOf } from '../../../../server/src/exchange/onnx/recognise/skeleton.ts';
import { trunkOf } from '../../../../server/src/exchange/onnx/recognise/trunk.ts';
import { convAt } from '../../../../server/src/graph/cell.ts';
import { flatten } from '../../../../server/src/graph/graph.ts';
import { readDesign } from '../../../../server/src/language/design.ts';
import { printBackbone } from '../../../../server/src/language/print.ts';
import { source } from './encode.ts';
import type { Net } from './net.ts';

export const inspected = (content: Uint8Array): Inspection => {
  const outcome = inspect(source(content));
  if (!outcome.ok) throw new Error(outcome.fault.message);
  return outcome.value;
};

export const fixture = (file: string): Uint8Array =>
  readFileSync(new URL(`../../../fixtures/onnx/${file}`, import.meta.url));

export const recognisedIn = (net: Net): Recognised => {
  const outcome = inspect(net.source());
  if (!outcome.ok) throw new Error(outcome.fault.message);
  return recognise(outcome.value.network, 'net');
};

export function known(recognised: Recognised): Recognition {
  if (!recognised.ok) throw new Error(recognised.why);
  return recognised.value;
}

/** What is recognised in the graph that a backbone is lowered to, without a file in between. */
export function recognisedOf(backbone: Backbone): Recognised {
  const network = lower(backbone);
  const { cell, ends } = flatten(network);
  const { bones, moved } = patternOf(cell);
  const handed = network.outputs.map(({ name, section }) => ({ ref: moved(ends[section] ?? -1), name }));
  const trunk = trunkOf(bones, network.image, handed, true);
  return said(backbone.name, trunk, explain(trunk));
}

export const backbonesIn = (text: string): readonly Backbone[] =>
  readDesign(text).backbones.flatMap(({ backbone }) => backbone ?? []);

export const exampleOf = (name: string): Backbone => {
  const [backbone] = backbonesIn(readFileSync(new URL(`../../../../examples/${name}.mae`, import.meta.url), 'utf8'));
  if (backbone === undefined) throw new Error(`there is no example ${name}`);
  return backbone;
};

/** The lines of a backbone as they are printed, but for its name, its input and its nodes' names. */
export function linesOf({ wiring, ...backbone }: Backbone): string {
  const nodes = wiring?.nodes.map((wire, i) =>
    wire.name === '' || wire.name === 'stem' ? wire : { ...wire, name: `n${i}` },
  );
  const graph = wiring === undefined || nodes === undefined ? {} : { wiring: { ...wiring, nodes } };
  return printBackbone({ ...backbone, name: 'net', input: { channels: 3, height: 256, width: 256 }, ...graph });
}

/** A convolution: channels in and out, kernel, stride, groups, dilation, height and width of its output. */
export type Convolution = readonly number[];

/** The convolutions of a text, in the order in which they run. */
export function convolutionsOf(text: string): readonly Convolution[] {
  return backbonesIn(text).flatMap((backbone) => {
    const { cell } = flatten(lower(backbone));
    return cell.nodes.flatMap((node) => {
      const conv = convAt(cell, node);
      if (conv === undefined) return [];
      const { out, kernel, stride, groups, dilation } = conv.operator;
      return [
        [conv.from.channels, out, kernel, stride, groups, kernel === 1 ? 1 : dilation, conv.to.height, conv.to.width],
      ];
    });
  });
}

/** The convolutions of a model, in the order of the file. */
export const convolutionsIn = ({ network }: Inspection): readonly Convolution[] =>
  network.steps.filter(({ node }) => node.op === 'Conv').map(convolution);

function convolution({ node, inputs: [x, weight], outputs: [y] }: Step): Convolution {
  const one = (name: string): number => node.attributes.get(name)?.ints?.[0] ?? 1;
  const kernel = weight?.dims[2] ?? 0;
  const groups = node.attributes.get('group')?.int ?? 1;
  const dilation = kernel === 1 ? 1 : one('dilations');
  const [, out = 0, height = 0, width = 0] = y?.dims ?? [];
  return [x?.dims[1] ?? 0, out, kernel, one('strides'), groups, dilation, height, width];
}

export const sorted = (all: readonly Convolution[]): readonly string[] => all.map(String).sort();
