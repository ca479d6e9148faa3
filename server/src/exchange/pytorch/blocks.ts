import { argumentText } from '../../backbone/argument-values.ts';
import type { Group } from '../../backbone/backbone.ts';
import { argumentsOf, blockOf } from '../../backbone/blocks.ts';
import type { BlockTemplate } from './block-template.ts';
import { BASIC } from './blocks/basic.ts';
import { BOTTLENECK } from './blocks/bottleneck.ts';
import { INVERTED } from './blocks/inverted.ts';
import { K1KX } from './blocks/k1kx.ts';
import { CONV, MAXPOOL } from './blocks/plain.ts';
import { SHUFFLE, XCEPTION } from './blocks/shuffle.ts';

const TEMPLATES: readonly BlockTemplate[] = [CONV, BOTTLENECK, BASIC, K1KX, INVERTED, MAXPOOL, SHUFFLE, XCEPTION];

/** The template of a group's block, where there is one that knows all that the group says. */
export function templateOf(g: Group): BlockTemplate | undefined {
  const template = TEMPLATES.find(({ block }) => block === g.block);
  const said = argumentsOf(blockOf(g)).filter((argument) => argumentText(g, argument) !== undefined);
  return said.every(({ name }) => template?.knows.includes(name)) ? template : undefined;
}
