import type { Backbone } from '../backbone/backbone.ts';
import type { Problem } from '../language/problem.ts';
import { PRESETS } from '../space/presets.ts';
import type { SnapshotBackbone } from './snapshot.ts';

/** As deep as a line may be for trained networks to vouch for the score: docs/evidence.md says where that comes from. */
const { most } = PRESETS.sound.depth;

const CODE = 'depth-beyond-evidence';

/** Where a page says more, and from which heading on. */
export const EVIDENCE_PAGE = 'evidence.md#within-which-limits';

/** The deepest line of a design that is deeper than the evidence, and what is to be said of it. */
export interface BeyondEvidence {
  readonly group: number;
  readonly message: string;
}

/** Depth alone may be what a search wins by: every layer adds to the score, however narrow. */
export function beyondEvidence(depths: readonly number[]): BeyondEvidence | undefined {
  const deepest = Math.max(0, ...depths);
  if (deepest <= most) return undefined;
  const message =
    `${deepest} blocks in one line: trained networks vouch for the score up to ${most}. Every layer adds to it, so that a ` +
    "search may win by depth alone; 'space sound' keeps within the evidence.";
  return { group: depths.indexOf(deepest), message };
}

/** What is told of a result or a comparison beside its numbers. */
export interface EvidenceNote {
  readonly code: string;
  readonly message: string;
  /** A path in the documentation. */
  readonly link: string;
}

export const noteText = ({ message, link }: EvidenceNote): string => `${message} (${link})`;

/** A note on the result of a search that found what is deeper than the evidence. */
export function evidenceNotes({ groups }: Backbone): EvidenceNote[] {
  const beyond = beyondEvidence(groups.map(({ depth }) => depth));
  return beyond === undefined ? [] : [{ code: CODE, message: beyond.message, link: `docs/${EVIDENCE_PAGE}` }];
}

/**
 * A quiet word, once for each backbone. Only what a search starts from is judged, which is also what it found: a published
 * network that is deep was trained, and nobody is misled by it.
 */
export const evidenceProblems = (backbones: readonly SnapshotBackbone[]): Problem[] =>
  backbones.flatMap(({ source, searches, fresh }): Problem[] => {
    if (!fresh || searches.length === 0) return [];
    const beyond = beyondEvidence(source.groups.map(({ fields }) => fields.depth ?? 0));
    const group = beyond && source.groups[beyond.group];
    if (beyond === undefined || group === undefined) return [];
    return [{ code: CODE, severity: 'hint', message: beyond.message, span: group.span }];
  });
