import type { Problem } from '../language/problem.ts';
import { PRESETS } from '../space/presets.ts';
import type { SnapshotBackbone } from './snapshot.ts';

/** As deep as a line may be for trained networks to vouch for the score: docs/evidence.md says where that comes from. */
const { most } = PRESETS.sound.depth;

/**
 * A quiet word, once for each backbone, where depth alone may be what a search wins by. Only what a search starts from is
 * judged, which is also what it found: a published network that is deep was trained, and nobody is misled by it.
 */
export const evidenceProblems = (backbones: readonly SnapshotBackbone[]): Problem[] =>
  backbones.flatMap(({ source, searches, fresh }): Problem[] => {
    if (!fresh || searches.length === 0) return [];
    const depths = source.groups.map(({ fields }) => fields.depth ?? 0);
    const deepest = Math.max(0, ...depths);
    const group = source.groups[depths.indexOf(deepest)];
    if (group === undefined || deepest <= most) return [];
    const message =
      `${deepest} blocks in one line: trained networks vouch for the score up to ${most}. Every layer adds to it, so that a ` +
      "search may win by depth alone; 'space sound' keeps within the evidence.";
    return [{ code: 'depth-beyond-evidence', severity: 'hint', message, span: group.span }];
  });
