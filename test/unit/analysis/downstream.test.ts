import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { scoreOf } from '../../../server/src/analysis/score-of.ts';
import { WhatIf } from '../../../server/src/analysis/what-if.ts';
import { wholeCosts } from '../../../server/src/analysis/whole-costs.ts';
import { type Group, group } from '../../../server/src/backbone/backbone.ts';
import type { Downstream } from '../../../server/src/cost/downstream.ts';
import { multiScale } from '../../../server/src/entropy/objectives/multi-scale.ts';
import { robust } from '../../../server/src/entropy/objectives/robust.ts';
import { limitsAt } from '../../../server/src/space/limits.ts';
import { applyMove, movesFor } from '../../../server/src/space/moves.ts';
import { PRESETS } from '../../../server/src/space/presets.ts';
import { anyBackbone as wildBackbone } from '../designs.ts';
import { downstreamsOf } from '../downstreams.ts';
import { differences } from '../support/close.ts';

const ANY = limitsAt(PRESETS.paper, { names: [], stem: false });

/** Some moves of some groups, each by its place among those that there are. */
const picks = fc.array(fc.tuple(fc.nat({ max: 8 }), fc.nat()), { maxLength: 3 });
const moved = (groups: readonly Group[], chosen: readonly (readonly [number, number])[]): readonly Group[] =>
  chosen.reduce<readonly Group[]>((to, [index, n]) => {
    const g = to[index];
    const moves = g === undefined ? [] : movesFor(g, ANY);
    const move = moves[n % Math.max(1, moves.length)];
    return (move === undefined ? undefined : applyMove(to, index, move)) ?? to;
  }, groups);

describe('costs with what stands behind a backbone', () => {
  it('of changed groups are those of an analysis afresh', () => {
    const designs = wildBackbone.chain((start) => fc.tuple(fc.constant(start), downstreamsOf(start), picks));
    fc.assert(
      fc.property(designs, ([backbone, downstream, chosen]) => {
        const groups = moved(backbone.groups, chosen);
        const whatIf = new WhatIf(analyse(backbone), { objective: multiScale, estimator: 'fan-in' }, downstream);
        expect(whatIf.costs).toEqual(wholeCosts(backbone, downstream));
        const scoring = { objective: robust, estimator: 'fan-in' } as const;
        const second = new WhatIf(analyse(backbone), scoring, downstream).try(groups);
        const fresh = scoreOf(analyse({ ...backbone, groups }), scoring);
        expect(differences({ score: second.score }, { score: fresh })).toEqual([]);
        expect(differences(whatIf.try(groups).costs, wholeCosts({ ...backbone, groups }, downstream))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  /** 3 × 8 × 8, then 4 × 4 × 4, then 8 × 2 × 2. */
  const backbone = {
    name: 'two',
    input: { channels: 3, height: 8, width: 8 },
    weights: { C2: 1 },
    groups: [
      group({ block: 'conv', out: 4, kernel: 3, stride: 2 }),
      group({ block: 'conv', out: 8, kernel: 3, stride: 2 }),
    ],
  };
  const nothing: Downstream = { name: '', costs: {}, perChannel: [], reads: [], kept: [], alive: [] };

  it('add up, by hand', () => {
    const perChannel = [
      { group: 0, adds: { macs: 100, params: 2 } },
      { group: 1, adds: { macs: 7 } },
    ];
    const alone = analyse(backbone).costs;
    expect(wholeCosts(backbone, { ...nothing, costs: { macs: 1000, rho: 5 }, perChannel })).toEqual({
      ...alone,
      macs: alone.macs + 1000 + 4 * 100 + 8 * 7,
      params: alone.params + 4 * 2,
    });
    expect(wholeCosts(backbone, nothing)).toEqual(alone);
  });

  it('have outputs alive until the end', () => {
    // The stem reads 192 and writes 64; what follows reads 64 and writes 32.
    expect(wholeCosts(backbone, nothing).memory).toBe(4 * (192 + 64));
    const small = {
      ...backbone,
      groups: [...backbone.groups, group({ block: 'conv', out: 512, kernel: 1, stride: 1 })],
    };
    // The last group reads 32 and writes 2048, and the stem's 64 wait beside it where somebody reads them.
    expect(wholeCosts(small, nothing).memory).toBe(4 * (32 + 2048));
    expect(wholeCosts(small, { ...nothing, reads: [0] }).memory).toBe(4 * (32 + 2048 + 64));
    expect(wholeCosts(small, { ...nothing, reads: [0, 1] }).memory).toBe(4 * (32 + 2048 + 64));
    expect(wholeCosts(small, { ...nothing, alive: [{ one: 3000, perChannel: [{ group: 0, adds: 5 }] }] }).memory).toBe(
      4 * 3020,
    );
  });
});
