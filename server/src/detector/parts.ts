import type { LevelRange, Part, PartValues } from './detector.ts';
import type { HeadDefinition, NeckDefinition, PartArgument, PartDefinition } from './part-definition.ts';
import { bifpn } from './parts/bifpn.ts';
import { box } from './parts/box.ts';
import { decoupled } from './parts/decoupled.ts';
import { dilated } from './parts/dilated.ts';
import { fcos } from './parts/fcos.ts';
import { fpn } from './parts/fpn.ts';
import { gfl } from './parts/gfl.ts';
import { mask } from './parts/mask.ts';
import { none } from './parts/none.ts';
import { pafpn } from './parts/pafpn.ts';
import { retina } from './parts/retina.ts';
import { rpn } from './parts/rpn.ts';
import { yolof } from './parts/yolof.ts';

/** Every kind of neck and head, in the order in which people are told of them. */
const registry = new Map<string, PartDefinition>();

/** Adds a neck or head to the language and to all that reads it. */
export function registerPart(definition: PartDefinition): void {
  registry.set(definition.name, definition);
}

for (const part of [fpn, pafpn, bifpn, dilated, none, gfl, fcos, retina, yolof, decoupled, rpn, box, mask])
  registerPart(part);

export const partNamed = (name: string): PartDefinition | undefined => registry.get(name);

export const allParts = (): readonly PartDefinition[] => [...registry.values()];

export const necks = (): readonly NeckDefinition[] => allParts().filter((part) => part.role === 'neck');

export const heads = (): readonly HeadDefinition[] => allParts().filter((part) => part.role === 'head');

/** The value of an argument that is not written; what a neck reads is no value. */
export const defaultOf = (argument: PartArgument): number | string | undefined =>
  argument.type === 'levels' ? undefined : argument.default;

/** A part with its arguments at their defaults, but for those that are given. */
export function partOf(definition: PartDefinition, values: PartValues = {}, from?: LevelRange): Part {
  const defaults = definition.arguments.flatMap((argument) => {
    const value = defaultOf(argument);
    return value === undefined ? [] : [[argument.name, value] as const];
  });
  const all = { ...Object.fromEntries(defaults), ...values };
  return { kind: definition.name, values: all, ...(from === undefined ? {} : { from }) };
}
