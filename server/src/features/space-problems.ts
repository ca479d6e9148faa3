import { argumentSpan } from '../language/argument-span.ts';
import type { Design } from '../language/design.ts';
import type { Problem, Span } from '../language/problem.ts';
import type { GroupSource } from '../language/read-group.ts';
import { budgetOf, spaceNamedBy, startOf } from '../language/resolve.ts';
import { propertySpan } from '../language/span.ts';
import { type Violation, type ViolationCode, violations } from '../space/constraints.ts';

/**
 * Where the network that a search starts from breaks a constraint of its space. It is information and no warning: the
 * search brings the network into the space before it begins, and says so.
 */
export function spaceProblems(design: Design): Problem[] {
  return design.searches.flatMap((search) => {
    const source = startOf(search, design);
    if (source?.backbone === undefined || !search.complete) return [];
    const layers = budgetOf(search, design)?.budget.limits.find((l) => l.cost === 'layers')?.amount;
    const space = spaceNamedBy(search, design);
    if (space === undefined) return [];
    return violations(source.backbone, space, layers).flatMap((violation): Problem[] => {
      const group = source.groups[violation.group];
      if (group === undefined) return [];
      const message = `${violationText(violation)} in the space '${space.name}'. The search repairs this before it begins.`;
      const span = placeOf(violation, group);
      return [{ code: 'start-breaks-space', severity: 'information', message, span }];
    });
  });
}

function placeOf({ field }: Violation, group: GroupSource): Span {
  if (field === 'depth') return group.span;
  return field === 'block' ? propertySpan(group.node, 'block') : argumentSpan(group, field === 'kernel' ? 'k' : field);
}

const NAMES = { out: 'out', btn: 'btn', kernel: 'k', depth: 'The depth', block: 'The block' } as const;
const LIMITS: Partial<Record<ViolationCode, string>> = {
  shrinks: 'at least',
  'bottleneck-too-narrow': 'at least',
  'too-narrow': 'at least',
  'too-shallow': 'at least',
  'off-grid': 'the nearest on the grid is',
  'kernel-not-offered': 'the nearest choice is',
  'block-not-offered': 'the first choice is',
};

/** «out is 2056, at most 2048» */
export function violationText({ code, field, actual, allowed }: Violation): string {
  return `${NAMES[field]} is ${actual}, ${LIMITS[code] ?? 'at most'} ${allowed}`;
}
