import { describe, expect, it } from 'vitest';
import { publishedTask } from '../../bench/tasks.ts';
import { costOf } from '../../server/src/cost/budget.ts';
import { limitedCosts } from '../../server/src/cost/registry.ts';
import { analyseDetector } from '../../server/src/detector/analyse.ts';
import type { Detector } from '../../server/src/detector/detector.ts';
import { downstreamOf } from '../../server/src/detector/downstream.ts';
import { heads, necks, partOf } from '../../server/src/detector/parts.ts';
import { Mutator } from '../../server/src/search/evolve/mutator.ts';
import { evaluatorFor } from '../../server/src/search/model/evaluator-for.ts';
import { decode } from '../../server/src/search/model/genome.ts';
import { placeOf } from '../../server/src/search/model/model.ts';
import { prepare } from '../../server/src/search/model/prepare.ts';
import { Random } from '../../server/src/search/random.ts';
import { PRESETS } from '../../server/src/space/presets.ts';
import { GRAPHS, watching } from './search-graphs.ts';

const BACKBONES = [
  ['a chain', publishedTask('M').start] as const,
  ...GRAPHS.flatMap(([name, start]) => (/chain|SpineNet-49/.test(name) ? [[name, start] as const] : [])),
];
/** Every neck under every head, and heads on the backbone itself. */
const DETECTORS = [undefined, ...necks()].flatMap((neck) =>
  heads().map((head) => ({
    classes: 80,
    neck: neck === undefined ? undefined : partOf(neck),
    heads: [partOf(head)],
  })),
);
const COSTS = limitedCosts().filter((cost) => cost !== 'rho');

describe('what a search says of a detector is what its whole graph has', () => {
  it.each(BACKBONES)('to the last bit, after any moves of %s, for every neck and head', (_, backbone) => {
    let compared = 0;
    for (const [seed, parts] of DETECTORS.entries()) {
      const detector: Detector = { name: 'detector', backbone, ...parts };
      const known = analyseDetector(detector, undefined);
      const task = known && watching(backbone, { space: PRESETS.paper, downstream: downstreamOf(known) });
      const prepared = task && prepare(task);
      // Not every neck finds its levels, and not every space has room around an output that is kept.
      if (prepared === undefined || prepared.kind === 'problem') continue;
      const { model } = prepared;
      const e = evaluatorFor(model, 1);
      const mutator = new Mutator(e, new Random(seed), 'clamp');
      e.load(0, prepared.genes);
      for (let i = 0; i < 8; i++) mutator.mutate(0, 'coarse', 0.5);
      mutator.refresh(0);
      const whole = analyseDetector({ ...detector, backbone: decode(model, e.genes) }, undefined);
      if (whole === undefined) throw new Error('widths change no level');
      const said = COSTS.map((cost) => [cost, cost === 'memory' ? e.memory : e.costs[placeOf(model, cost)]]);
      expect(said).toEqual(COSTS.map((cost) => [cost, costOf(whole.costs, cost)]));
      compared += 1;
    }
    expect(compared).toBeGreaterThan(10);
  });
});
