import { describe, expect, test } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { planOf } from '../../../server/src/measure/plan.ts';
import { predictions } from '../../../server/src/measure/prediction.ts';
import type { Measured } from '../../../server/src/report/measured.ts';
import { reportPage } from '../../../server/src/report/page.ts';
import { reportedFile, TEXT } from './reported.ts';

/** As `mae measure --json` tells it of the backbones of a text: a tenth of a nat beside what is predicted. */
function measured(text: string, activation: Measured['activation']): Measured {
  const backbones = snapshotOf(text).design.backbones.flatMap(({ name, backbone }) => {
    if (backbone === undefined) return [];
    const { network } = analyse(backbone);
    const stages = predictions(network, planOf(network), activation).map(({ mean, sd }, i) => ({
      name: network.stages[i]?.name ?? '',
      logStd: { mean: mean + 0.1, sd: 0.3 },
      predicted: { mean, sd: sd ?? null },
      z: sd === undefined ? null : 0.5,
    }));
    return [{ name, stages }];
  });
  return { backend: 'wasm', device: '<b>device</b>', draws: 4, seed: 7, activation, backbones };
}

const pageOf = (text: string, of: Measured): string =>
  reportPage({ files: [reportedFile(text)], version: '1', measured: of });

const parts = (page: string): string[] => page.split('<h3>').filter((part) => part.startsWith('Measured</h3>'));
const AGAIN = 'was another design, or at another input';

describe('what was measured', () => {
  test.each(['relu', 'linear'] as const)('of %s stands beside its prediction, with how', (activation) => {
    const own = measured(TEXT, activation);
    const page = pageOf(TEXT, own);
    expect(parts(page)).toHaveLength(2);
    expect(page).not.toContain(AGAIN);
    const [first = '', second = ''] = parts(page);
    for (const { logStd, predicted } of own.backbones[0]?.stages ?? []) {
      expect(first).toContain(`<data value="${logStd.mean}">${logStd.mean.toFixed(2)}</data>`);
      expect(first).toContain(`<data value="${predicted.mean}">${predicted.mean.toFixed(2)}</data>`);
    }
    expect(first).toContain(`${activation}, 4 draws, seed 7, wasm on &lt;b&gt;device&lt;/b&gt;`);
    expect(first).not.toContain('no term in the theory');
    // It branches.
    expect(second).toContain('no term in the theory');
    expect(page).toContain('What stands under Measured was measured');
  });

  test.each([
    ['another width at its end', TEXT.replace('C5 bottleneck(out: 256', 'C5 bottleneck(out: 264')],
    ['another width', TEXT.replace('out: 192, btn: 48', 'out: 200, btn: 48')],
    ['another input', TEXT.replace('input 3 x 256 x 256', 'input 3 x 320 x 320')],
    ['a stage less', TEXT.replace(/ {2}stage C5 .*\n/, '')],
  ])('of a design with %s is not shown, and that is said', (_, text) => {
    const [small = '', graph = ''] = parts(pageOf(text, measured(TEXT, 'relu')));
    expect(small).toContain(AGAIN);
    expect(small.split('<h3>Picture')[0]).not.toContain('<data');
    expect(graph).not.toContain(AGAIN);
  });

  test('of other names says nothing', () => {
    expect(parts(pageOf(TEXT, { ...measured(TEXT, 'relu'), backbones: [] }))).toEqual([]);
  });
});
