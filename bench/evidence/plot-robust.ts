import { curve, legend, level, picture, scale, text } from './plots.ts';
import { type RobustEvidence, WORTHS } from './robust.ts';

const WIDTH = 480;
const HEIGHT = 220;
const TOP = 70;
const LEFT = 60;
const SHARES = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;
const KINDS = ['score', 'macs', 'oracle'] as const;

/** The share of the pairs that `robust` would win with each constant, in the three benchmarks. */
export function robustPlot({ curves }: RobustEvidence): string {
  const own = curves.filter(({ form }) => form === 'mean');
  const x = scale(0, WORTHS.length - 1, LEFT, WIDTH);
  const y = scale(0.9, 0.4, TOP, HEIGHT);
  const parts = [text(20, 22, 'Pairs of equal macs that Z / Σα + c · ln E wins, by c', 'head')];
  for (const share of SHARES) {
    parts.push(...level(share === 0.5 ? 'zero' : 'grid', LEFT, WIDTH, y(share), share.toFixed(1)));
  }
  WORTHS.forEach((worth, w) => {
    parts.push(text(x(w), TOP + HEIGHT + 18, String(worth), 'note', 'middle'));
  });
  own.forEach(({ benchmark, shares }, b) => {
    const kind = KINDS[b] ?? 'random';
    parts.push(...legend(kind, 20 + b * 180, 42, benchmark));
    parts.push(
      curve(
        kind,
        shares.map((value, w) => [x(w), y(value)]),
      ),
    );
  });
  return picture('Pairs that robust wins, by its constant', LEFT + WIDTH + 30, TOP + HEIGHT + 32, parts);
}
