import type { Evidence } from './evidence.ts';
import { curve, legend, level, picture, scale, text } from './plots.ts';

const PANEL = 320;
const HEIGHT = 200;
const TOP = 84;
const LEFT = 60;
const GAP = 60;
const SHARES = [0.5, 0.6, 0.7, 0.8] as const;
const PANELS = [
  { title: 'by layers: least to most', of: (set: Evidence['bands'][number]) => set.layers },
  { title: 'by ρ: least to most', of: (set: Evidence['bands'][number]) => set.rho },
] as const;
const KINDS = ['score', 'macs'] as const;

/** The share of the pairs that the score wins in each fifth of a set. */
export function bandPlot(bands: Evidence['bands']): string {
  const parts = [text(20, 22, 'Pairs of equal macs that the score wins, by the larger of the two', 'head')];
  bands.forEach(({ id }, b) => {
    parts.push(...legend(KINDS[b] ?? 'random', 20 + b * 180, 42, id));
  });
  const y = scale(0.8, 0.5, TOP, HEIGHT);
  PANELS.forEach(({ title, of }, p) => {
    const start = LEFT + p * (PANEL + GAP);
    parts.push(text(start, 72, title, 'note'));
    for (const share of SHARES) {
      parts.push(...level(share === 0.5 ? 'zero' : 'grid', start, PANEL, y(share), share.toFixed(1)));
    }
    bands.forEach((set, b) => {
      const own = of(set);
      const x = scale(0, own.length, start, PANEL);
      parts.push(
        curve(
          KINDS[b] ?? 'random',
          own.map(({ won }, i) => [x(i + 0.5), y(won)]),
        ),
      );
    });
  });
  return picture('Pairs that the score wins, by layers and by ρ', LEFT + 2 * (PANEL + GAP), TOP + HEIGHT + 24, parts);
}
