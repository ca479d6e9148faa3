import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { costOf } from '../../../server/src/cost/budget.ts';
import { withDownstream } from '../../../server/src/cost/with-downstream.ts';
import { analyseDetector } from '../../../server/src/detector/analyse.ts';
import { downstreamOf } from '../../../server/src/detector/downstream.ts';
import { readDesign } from '../../../server/src/language/design.ts';
import { registerToy } from '../toy-profile.ts';

const toy = registerToy();
const text = readFileSync(new URL('../../../examples/detectors/fcos_r50_cityscapes.mae', import.meta.url), 'utf8');

describe('milliseconds of necks and heads, by the channels of what they read', () => {
  it.each([8, 24, 100, 1000, 3000])('%s channels more', (more) => {
    const detector = readDesign(text).detectors[0]?.detector;
    const known = detector === undefined ? undefined : analyseDetector(detector, undefined);
    if (detector === undefined || known === undefined) throw new Error('the example has a detector');
    const downstream = downstreamOf(known);
    const groups = detector.backbone.groups.map((g, i) =>
      downstream.reads.includes(i) ? { ...g, out: g.out + more } : g,
    );
    const backbone = { ...detector.backbone, groups };
    const whole = analyseDetector({ ...detector, backbone }, undefined);
    const own = analyse(backbone);
    const found = costOf(withDownstream(own.network, own.costs, downstream), toy);
    const asked = whole === undefined ? Number.NaN : costOf(whole.costs, toy);
    expect(Math.abs(found - asked)).toBeLessThanOrEqual(1e-9 * asked);
  });
});
