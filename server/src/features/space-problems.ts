import type { Backbone } from '../backbone/backbone.ts';
import { argumentSpan } from '../language/argument-span.ts';
import type { Design } from '../language/design.ts';
import { budgetOf, startOf } from '../language/design.ts';
import type { Problem } from '../language/problem.ts';
import { type Violation, violations } from '../space/constraints.ts';
import { SPACES, type SpaceName } from '../space/space.ts';

const ARGUMENT_OF = { out: 'out', btn: 'btn', kernel: 'k' } as const;

/**
 * Where the network that a search starts from breaks a constraint of its space. It is information and no warning: the
 * search brings the network into the space before it begins, and says so.
 */
export function spaceProblems(design: Design): Problem[] {
  return design.searches.flatMap((search) => {
    const source = startOf(search, design);
    if (source?.backbone === undefined || !search.complete) return [];
    const layers = budgetOf(search, design)?.budget.limits.find((l) => l.cost === 'layers')?.amount;
    return broken(source.backbone, search.values.space, layers).flatMap((violation): Problem[] => {
      const group = source.groups[violation.group];
      if (group === undefined) return [];
      const { field } = violation;
      const span = field === 'depth' ? group.span : argumentSpan(group, ARGUMENT_OF[field]);
      const message = `${describe(violation)} in the space '${search.values.space}'. The search repairs this before it begins.`;
      return [{ code: 'start-breaks-space', severity: 'information', message, span }];
    });
  });
}

const broken = (start: Backbone, space: SpaceName, layers: number | undefined): Violation[] =>
  violations(start, SPACES[space], layers);

function describe({ code, field, actual, allowed }: Violation): string {
  const name = { out: 'out', btn: 'btn', kernel: 'k', depth: 'The depth' }[field];
  const atLeast = code === 'shrinks' || code === 'bottleneck-too-narrow';
  return `${name} is ${actual}, ${atLeast ? 'at least' : 'at most'} ${allowed}`;
}
