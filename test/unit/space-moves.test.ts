import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { group } from '../../server/src/backbone/backbone.ts';
import { roundToGrid } from '../../server/src/space/grid.ts';
import { limitsAt } from '../../server/src/space/limits.ts';
import { applyMove, movesFor, WIDTH_FACTORS } from '../../server/src/space/moves.ts';
import { PRESETS, type PresetName } from '../../server/src/space/presets.ts';

/** What a preset says of a group after the stem. */
const anywhere = (space: PresetName) => limitsAt(PRESETS[space], { names: [], stem: false });
const PAPER = anywhere('paper');

const stem = group({ block: 'conv', out: 32, kernel: 3, stride: 2 });
const bottleneck = group({ block: 'bottleneck', out: 256, btn: 112, kernel: 3, stride: 2, depth: 2 });
const inverted = group({ block: 'inverted', out: 32, btn: 128, kernel: 3, stride: 1 });
const maxpool = group({ block: 'maxpool', kernel: 3, stride: 2 });

describe('rounding to the grid', () => {
  it('takes the nearest multiple of 8, ties down, at least 8', () => {
    expect(roundToGrid(140)).toBe(136);
    expect(roundToGrid(141)).toBe(144);
    expect(roundToGrid(12)).toBe(8);
    expect(roundToGrid(1)).toBe(8);
    // 20 × 0.6 is 12.000000000000002 in floating point, and still a tie.
    expect(roundToGrid(20 * 12, 20)).toBe(8);
  });

  it('is never further than 4 from what it rounds, above the least width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 1e6 }), fc.integer({ min: 1, max: 20 }), (numerator, denominator) => {
        const rounded = roundToGrid(numerator, denominator);
        expect(rounded % 8).toBe(0);
        const error = rounded - numerator / denominator;
        expect(rounded === 8 || (error < 4 + 1e-9 && error >= -4 - 1e-9)).toBe(true);
      }),
    );
  });
});

describe('moves', () => {
  it('scale widths', () => {
    const widths = WIDTH_FACTORS.map((factor) => applyMove([bottleneck], 0, { kind: 'btn', factor })?.[0]?.btn);
    expect(widths).toEqual([224, 168, 136, 88, 64, 56]);
    expect(applyMove([stem], 0, { kind: 'out', factor: 1.25 })?.[0]?.out).toBe(40);
  });

  it('leave the other groups the very objects they were', () => {
    const moved = applyMove([stem, bottleneck], 1, { kind: 'depth', by: 2 });
    expect(moved?.[0]).toBe(stem);
    expect(moved?.[1]).toEqual({ ...bottleneck, depth: 4 });
  });

  it('are undefined where they change nothing', () => {
    expect(applyMove([bottleneck], 0, { kind: 'kernel', kernel: 3 })).toBeUndefined();
    expect(applyMove([{ ...stem, out: 8 }], 0, { kind: 'out', factor: 0.6 })).toBeUndefined();
    expect(applyMove([{ ...bottleneck, depth: 1 }], 0, { kind: 'depth', by: -2 })).toBeUndefined();
    expect(applyMove([bottleneck], 1, { kind: 'depth', by: 1 })).toBeUndefined();
  });

  it('do not apply to a max-pool, nor btn, kernel and depth to a convolution', () => {
    expect(movesFor(maxpool, PAPER)).toEqual([]);
    expect(new Set(movesFor(stem, PAPER).map((m) => m.kind))).toEqual(new Set(['out']));
    expect(movesFor({ ...stem, kernel: 1 }, PAPER).every((m) => m.kind === 'out')).toBe(true);
  });

  it('set the ratio of an inverted block, which out then keeps', () => {
    expect(applyMove([inverted], 0, { kind: 'ratio', ratio: 2.5 })?.[0]?.btn).toBe(80);
    expect(applyMove([inverted], 0, { kind: 'out', factor: 2 })?.[0]).toMatchObject({ out: 64, btn: 256 });
    expect(applyMove([{ ...inverted, btn: 0 }], 0, { kind: 'ratio', ratio: 2 })).toBeUndefined();
  });

  it('change the bottleneck where there is one that is no ratio, and never make one', () => {
    const plain = { ...inverted, btn: 0 };
    expect(applyMove([inverted], 0, { kind: 'btn', factor: 2 })).toBeUndefined();
    expect(applyMove([stem], 0, { kind: 'btn', factor: 2 })).toBeUndefined();
    expect(applyMove([plain], 0, { kind: 'btn', factor: 2 })).toBeUndefined();
    expect(applyMove([bottleneck], 0, { kind: 'ratio', ratio: 2 })).toBeUndefined();
    expect(applyMove([plain], 0, { kind: 'out', factor: 2 })?.[0]).toEqual({ ...plain, out: 64 });
    expect(applyMove([bottleneck], 0, { kind: 'out', factor: 2 })?.[0]).toEqual({ ...bottleneck, out: 512 });
  });

  it('keep a ratio between two widths to the nearest multiple of 8', () => {
    // 128/32 = 4, at 40 it is 160; 56/32 = 1.75, at 48 it is 84, between 80 and 88 the lower one.
    expect(applyMove([inverted], 0, { kind: 'out', factor: 1.25 })?.[0]).toMatchObject({ out: 40, btn: 160 });
    const odd = { ...inverted, btn: 56 };
    expect(applyMove([odd], 0, { kind: 'out', factor: 1.5 })?.[0]).toMatchObject({ out: 48, btn: 80 });
  });

  it('choose which convolution is strided for basic blocks only', () => {
    const basic = { ...bottleneck, block: 'basic', strided: 'first' } as const;
    expect(applyMove([basic], 0, { kind: 'block', block: 'k1kx' })?.[0]?.strided).toBe('second');
    expect(applyMove([bottleneck], 0, { kind: 'block', block: 'basic' })?.[0]?.strided).toBe('second');
  });

  it('change widths only in the fine phase, and block types only where the space exchanges them', () => {
    const kinds = (phase: 'coarse' | 'fine', space: PresetName) =>
      new Set(movesFor(bottleneck, anywhere(space), phase).map((m) => m.kind));
    expect(kinds('fine', 'paper')).toEqual(new Set(['out', 'btn']));
    expect(kinds('coarse', 'tinynas')).toEqual(new Set(['out', 'btn', 'kernel', 'depth']));
    expect(kinds('coarse', 'paper')).toEqual(new Set(['out', 'btn', 'kernel', 'depth', 'block']));
    expect(movesFor(inverted, PAPER).some((m) => m.kind === 'block')).toBe(false);
  });
});
