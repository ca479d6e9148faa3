import { counted } from '../../../../../common/numbers.ts';
import type { Network } from '../infer.ts';
import type { Explanation } from './explanation.ts';
import type { Skeleton } from './skeleton.ts';
import type { Bones } from './values.ts';

const MOST_KINDS = 8;
const LONGEST = 72;

/** What a model computes of its image behind its last feature map, or beside it, in words. */
export function leftOut({ steps }: Network, bones: Bones, end: string): readonly string[] {
  const makers = new Map(steps.flatMap((step) => step.node.outputs.map((name) => [name, step] as const)));
  const needed = new Set<unknown>();
  const open = [end];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const step = makers.get(name);
    if (step === undefined || needed.has(step)) continue;
    needed.add(step);
    open.push(...step.node.inputs);
  }
  const counts = new Map<string, number>();
  for (const step of steps)
    if (!needed.has(step) && step.node.outputs.some((name) => bones.read(name) !== undefined))
      counts.set(step.node.op, (counts.get(step.node.op) ?? 0) + 1);
  if (counts.size === 0) return [];
  const kinds = [...counts]
    .slice(0, MOST_KINDS)
    .map(([op, count]) => (count === 1 ? printable(op) : `${count} ${printable(op)}`));
  const more = counts.size > kinds.length ? ' and others' : '';
  return [`Left out is what stands behind its last feature map: ${kinds.join(', ')}${more}.`];
}

/** What the text says otherwise than the model, and what changes no convolution. */
export function notesOn({ acts }: Explanation, { bones }: Skeleton): readonly string[] {
  const pairs = [...acts].slice(0, MOST_KINDS).map(([pair, count]) => `${pair} behind ${counted(count, 'layer')}`);
  const even = bones.filter(({ operator }) => operator.op === 'maxpool' && operator.kernel % 2 === 0).length;
  return [
    ...(pairs.length > 0 ? [`Activations that blocks have otherwise: ${pairs.join('; ')}.`] : []),
    ...(even > 0
      ? [
          `${counted(even, 'max-pooling')} of an even window ${even === 1 ? 'is' : 'are'} written with the next odd one.`,
        ]
      : []),
  ];
}

/** Names are the file's: what would end a comment or move a cursor is left out. */
export const printable = (text: string): string => {
  const shown = text.replace(/[\p{C}\u2028\u2029]/gu, '�');
  return shown.length <= LONGEST ? shown : `…${shown.slice(1 - LONGEST)}`;
};
