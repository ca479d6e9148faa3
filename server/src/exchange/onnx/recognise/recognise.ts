import { type Backbone, DEFAULT_WEIGHTS, type StageWeights, type Wiring } from '../../../backbone/backbone.ts';
import { inputRef } from '../../../graph/cell.ts';
import { readDesign } from '../../../language/design.ts';
import { printBackbone } from '../../../language/print.ts';
import { textErrors } from '../../../language/problem.ts';
import type { Network } from '../infer.ts';
import { placesOf } from '../places.ts';
import { lastMap } from '../stages.ts';
import { convolutionsIn } from './convolutions.ts';
import { differencesOf, explainedConvolutions } from './differences.ts';
import { explain } from './explain.ts';
import type { Explanation } from './explanation.ts';
import { inFashion } from './fashion.ts';
import { bonesOf } from './from-network.ts';
import { leftOut, notesOn } from './notes.ts';
import { shapeAt } from './skeleton.ts';
import { type End, type Trunk, trunkOf } from './trunk.ts';
import { wiringOf } from './wiring.ts';

/** A model as a backbone of the language. */
export interface Recognition {
  readonly backbone: Backbone;
  /** The backbone's text, under comments that say what else is to be known. */
  readonly mae: string;
  /** Whether the text has the same convolutions in the same order with the same shapes as the model's backbone. */
  readonly exact: boolean;
  /** Where the text is not the model; nothing where it is exact. */
  readonly differences: readonly string[];
  /** What is no difference of convolutions: the head that was left out, activations and windows that are others. */
  readonly notes: readonly string[];
}

export type Recognised =
  | { readonly ok: true; readonly value: Recognition }
  /** Why it cannot be said, in words that go on a sentence. */
  | { readonly ok: false; readonly why: string };

const failed = (why: string): Recognised => ({ ok: false, why });

/** Says a network in the language, as far as its blocks go. Never throws, and takes time in proportion to its nodes. */
export function recognise(network: Network, name: string): Recognised {
  const bones = bonesOf(network);
  const { image } = bones;
  if (image === undefined) return failed('no layer of it reads an image');
  const { outputs } = network.model.graph;
  const maps = outputs.flatMap(({ name: output }): End[] => {
    const value = bones.read(output);
    return value?.dims.length === 4 && value.ref >= 0 ? [{ ref: value.ref, name: output }] : [];
  });
  if (maps.length === outputs.length && maps.length > 0) {
    // A backbone that was exported alone hands on maps, and all of it is to be said.
    const trunk = trunkOf(bones.bones, image, maps, true);
    const found = explain(trunk);
    if (found.stop === undefined || found.isTooLarge) return said(name, trunk, found);
  }
  const end = lastMap(placesOf(network))?.name ?? '';
  const last = bones.read(end)?.ref ?? -1;
  if (last < 0) return failed('no feature map was found in it');
  const trunk = trunkOf(bones.bones, image, [{ ref: last }], false);
  return said(name, trunk, explain(trunk), () => leftOut(network, bones, end));
}

/** Outputs that have none of the usual names weigh the same. */
function weightsFor(wiring: Wiring | undefined): StageWeights {
  const names = wiring?.outputs.map((output) => output.name) ?? [];
  return names.length === 0 || names.some((one) => one in DEFAULT_WEIGHTS)
    ? DEFAULT_WEIGHTS
    : Object.fromEntries(names.map((one) => [one, 1]));
}

/** A text of no more of a network than that would say little about it. */
const LEAST_SHARE = 0.5;

const NOTHING = (): readonly string[] => [];

/** @param left what the model has behind its last feature map, in words */
export function said(
  name: string,
  trunk: Trunk,
  found: Explanation,
  left: () => readonly string[] = NOTHING,
): Recognised {
  const { net } = trunk;
  const { stop, isTooLarge, groups } = found;
  if (stop !== undefined && isTooLarge) return failed(stop);
  if (stop !== undefined && explainedConvolutions(found, net) <= LEAST_SHARE * convolutionsIn(net).length)
    return failed(stop);
  if (groups.length === 0) return failed('it has no layers');
  const text = printBackbone(written(name, trunk, found));
  const { backbones, problems } = readDesign(text);
  const backbone = backbones[0]?.backbone;
  const [problem] = textErrors(problems);
  if (backbone === undefined || problem !== undefined)
    return failed(`the language cannot say it: ${problem?.message ?? 'its text is not read'}`);
  const differences = differencesOf(found, net, backbone);
  const notes = [...left(), ...notesOn(found, net)];
  const mae = [...notes, ...differences].map((line) => `// ${line}\n`).join('') + text;
  return { ok: true, value: { backbone, mae, exact: differences.length === 0, differences, notes } };
}

function written(name: string, trunk: Trunk, found: Explanation): Backbone {
  const { net } = trunk;
  const { channels, height, width } = shapeAt(net, inputRef(0));
  const groups = inFashion(found.groups.map(({ group, from }) => ({ group, from: shapeAt(net, from) })));
  const wiring = wiringOf(found, trunk);
  const graph = wiring === undefined ? {} : { wiring };
  return { name, input: { channels, height, width }, groups, weights: weightsFor(wiring), ...graph };
}
