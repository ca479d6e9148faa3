import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { scoreOf } from '../../../server/src/analysis/score-of.ts';
import { WhatIf } from '../../../server/src/analysis/what-if.ts';
import type { Backbone, Group } from '../../../server/src/backbone/backbone.ts';
import { deepmad } from '../../../server/src/entropy/objectives/deepmad.ts';
import type { Scoring } from '../../../server/src/entropy/objectives/definition.ts';
import { multiScale } from '../../../server/src/entropy/objectives/multi-scale.ts';
import { allObjectives } from '../../../server/src/entropy/objectives/registry.ts';
import { applyMove, type Move } from '../../../server/src/space/moves.ts';
import { anyBackbone as wildBackbone } from '../designs.ts';
import { toyObjective } from '../registries/toy-objective.ts';
import { anyBackbone } from '../support/arbitrary-backbone.ts';
import { convolutionsOf, layerLogStds } from '../support/by-layer.ts';
import { differences } from '../support/close.ts';

const anyMove: fc.Arbitrary<Move> = fc.oneof(
  fc
    .constantFrom(0.5, 0.8, 1.25, 2)
    .chain((factor) => fc.constantFrom<Move[]>({ kind: 'out', factor }, { kind: 'btn', factor })),
  fc.constantFrom(2, 4).map((ratio): Move => ({ kind: 'ratio', ratio })),
  fc.constantFrom(3, 5).map((kernel): Move => ({ kind: 'kernel', kernel })),
  fc.constantFrom(-1, 1, 2).map((by): Move => ({ kind: 'depth', by })),
  fc.constantFrom('bottleneck' as const, 'basic' as const).map((block): Move => ({ kind: 'block', block })),
);
const movesAt = fc.array(fc.tuple(fc.nat({ max: 8 }), anyMove), { minLength: 1, maxLength: 3 });
const moved = (groups: readonly Group[], moves: readonly (readonly [number, Move])[]): readonly Group[] =>
  moves.reduce((to, [index, move]) => applyMove(to, index, move) ?? to, groups);

/** What a person may do to a backbone between two versions of its text. */
const edit: fc.Arbitrary<(b: Backbone) => Backbone> = fc.oneof(
  movesAt.map((moves) => (b: Backbone) => ({ ...b, groups: moved(b.groups, moves) })),
  fc.nat({ max: 8 }).map((at) => (b: Backbone) => ({ ...b, groups: b.groups.toSpliced(at + 1, 1) })),
  fc.nat({ max: 8 }).map((at) => (b: Backbone) => {
    const copied = b.groups[Math.min(at, b.groups.length - 1)];
    return { ...b, groups: copied === undefined ? b.groups : b.groups.toSpliced(at + 1, 0, copied) };
  }),
  fc.constantFrom(63, 64, 128).map((height) => (b: Backbone) => ({ ...b, input: { ...b.input, height } })),
  fc.constant((b: Backbone) => ({ ...b, weights: { C2: 1 } })),
  // Equal groups that are other objects, as a text that was read again has them.
  fc.constant((b: Backbone) => ({ ...b, groups: b.groups.map((g) => ({ ...g })) })),
);

describe('analysis of a changed backbone', () => {
  test('with what is known of the previous one equals a fresh one', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyBackbone, wildBackbone),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        (first, edits) => {
          let known = analyse(first);
          for (const change of edits) known = analyse(change(known.backbone), known);
          expect(differences(known, analyse(known.backbone))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('takes over the groups before the change', () => {
    fc.assert(
      fc.property(anyBackbone, (backbone) => {
        const before = analyse(backbone);
        const last = backbone.groups.length - 1;
        const groups = applyMove(backbone.groups, last, { kind: 'depth', by: 1 });
        if (groups === undefined) return;
        const after = analyse({ ...backbone, groups }, before);
        expect(after.groups.filter((g, i) => g === before.groups[i])).toHaveLength(last);
      }),
      { numRuns: 10 },
    );
  });

  test('at the end of a group is what the layer-by-layer formulas say', () => {
    fc.assert(
      fc.property(wildBackbone, (backbone) => {
        const { groups, network } = analyse(backbone);
        const byLayer = layerLogStds(network);
        const counts = convolutionsOf(network);
        let passed = 0;
        for (const g of groups) {
          passed += counts[g.lowered.index] ?? 0;
          if (passed > 0) expect(differences(g.logStd, byLayer[passed - 1])).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

const scorings: readonly Scoring[] = [...allObjectives(), toyObjective].flatMap((objective) =>
  objective.estimators.map((estimator) => ({ objective, estimator })),
);

describe('what if', () => {
  test.each(scorings.map((scoring) => [scoring.objective.name, scoring.estimator, scoring] as const))(
    '%s, %s: costs and score of changed groups are those of the analysis',
    (_, __, scoring) => {
      fc.assert(
        fc.property(fc.oneof(anyBackbone, wildBackbone), movesAt, (backbone, moves) => {
          const groups = moved(backbone.groups, moves);
          const fresh = analyse({ ...backbone, groups });
          const { costs, score } = new WhatIf(analyse(backbone), scoring).try(groups);
          expect(differences({ costs, score }, { costs: fresh.costs, score: scoreOf(fresh, scoring) })).toEqual([]);
        }),
        { numRuns: 150 },
      );
    },
  );

  test('the scores of an analysis are those of the objectives that they are named after', () => {
    fc.assert(
      fc.property(wildBackbone, (backbone) => {
        const { score } = analyse(backbone);
        const by = (objective: Scoring['objective'], estimator: Scoring['estimator']): number =>
          scoreOf(analyse(backbone), { objective, estimator });
        expect(score).toEqual({
          fanIn: by(multiScale, 'fan-in'),
          exact: by(multiScale, 'exact'),
          deepmad: by(deepmad, 'fan-in'),
        });
      }),
      { numRuns: 30 },
    );
  });
});
