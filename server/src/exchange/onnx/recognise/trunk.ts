import type { Ref } from '../../../graph/cell.ts';
import type { Shape } from '../../../graph/shapes.ts';
import { type Bone, type Skeleton, skeleton } from './skeleton.ts';

/** The part of a network that some tensors are computed by. */
export interface Trunk {
  readonly net: Skeleton;
  readonly ends: ReadonlySet<Ref>;
  /** Whether they are all that the model hands on. Otherwise it is cut there, and each resolution may be of use. */
  readonly isWhole: boolean;
  /** What the model calls those that it hands on, where that can be a name in the language. */
  readonly names: ReadonlyMap<Ref, string>;
}

/** A tensor that a trunk ends in, with what the model calls it. */
export interface End {
  readonly ref: Ref;
  readonly name?: string;
}

/** Short words of people; exporters number what nobody named. */
const NAME = /^(?!outputs?$)[a-z][a-z0-9_]{0,15}$/i;

/** Leaves out every node that none of the tensors needs. */
export function trunkOf(bones: readonly Bone[], image: Shape, ends: readonly End[], isWhole: boolean): Trunk {
  const needed = new Uint8Array(bones.length);
  const open = ends.flatMap(({ ref }) => (ref >= 0 ? [ref] : []));
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    if (needed[ref] === 1) continue;
    needed[ref] = 1;
    for (const read of bones[ref]?.reads ?? []) if (read >= 0) open.push(read);
  }
  const moved: Ref[] = [];
  const kept: Bone[] = [];
  for (const [index, bone] of bones.entries()) {
    moved.push(needed[index] === 1 ? kept.length : -1);
    if (needed[index] !== 1) continue;
    kept.push({ ...bone, reads: bone.reads.map((ref) => (ref < 0 ? ref : (moved[ref] ?? -1))) });
  }
  const at = ({ ref }: End): Ref => (ref < 0 ? ref : (moved[ref] ?? -1));
  const named = ends.filter(({ name }) => name !== undefined && NAME.test(name));
  const names = new Map(named.map((end) => [at(end), end.name ?? '']));
  return { net: skeleton([image], kept), ends: new Set(ends.map(at)), isWhole, names };
}
