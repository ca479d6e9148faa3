import type { Design } from '../language/design.ts';
import type { SearchSource } from '../language/read-search.ts';
import { spaceNamedBy } from '../language/resolve.ts';
import type { Space } from '../space/space.ts';
import type { SnapshotBackbone } from './snapshot.ts';

/**
 * The space in which the editor changes a backbone: that of the first search in the file that starts from it, where it names
 * one. Others may go wherever the language does not warn.
 */
export function spaceFor([search]: readonly SearchSource[], design: Design): Space | undefined {
  return search?.space === undefined ? undefined : spaceNamedBy(search, design);
}

/** « (in space mine)», where several searches start from a backbone, and a person may have meant another. */
export const spaceText = ({ space, searches }: Pick<SnapshotBackbone, 'space' | 'searches'>): string =>
  space === undefined || searches.length < 2 ? '' : ` (in space ${space.name})`;
