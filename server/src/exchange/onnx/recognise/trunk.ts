import type { Ref } from '../../../graph/cell.ts';
import type { Shape } from '../../../graph/shapes.ts';
import { type Bone, type Skeleton, skeleton } from './skeleton.ts';

/** The part of a network that some tensors are computed by. */
export interface Trunk {
  readonly net: Skeleton;
  readonly ends: ReadonlySet<Ref>;
}

/** Leaves out every node that none of the tensors needs. */
export function trunkOf(bones: readonly Bone[], image: Shape, ends: readonly Ref[]): Trunk {
  const needed = new Uint8Array(bones.length);
  const open = ends.filter((ref) => ref >= 0);
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
  return { net: skeleton([image], kept), ends: new Set(ends.map((ref) => (ref < 0 ? ref : (moved[ref] ?? -1)))) };
}
