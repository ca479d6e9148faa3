import type { Figure, SetResult } from './evaluate.ts';
import { mean } from './statistics.ts';

/** Width of a panel and of its margins, in pixels. */
const PANEL = 250;
const GAP = 40;
const LEFT = 110;
const TOP = 64;

/** A picture has a ground of its own, so that it can be read whatever the page's colour is. */
const STYLE = `<style>
    .ground { fill: #ffffff } .grid { stroke: #d8d8d8 } .zero { stroke: #767676 } text { fill: #1f1f1f; font: 12px system-ui, sans-serif }
    .head { font-weight: 600 } .note { fill: #555555 } .mark { fill: #005fb8 } .interval { stroke: #005fb8; stroke-width: 2 }
    .line { fill: none; stroke-width: 2 } .score { stroke: #005fb8 } .macs { stroke: #a3500a; stroke-dasharray: 7 3 }
    .random { stroke: #6a6a6a; stroke-dasharray: 2 3 } .oracle { stroke: #2a7a2a; stroke-dasharray: 10 3 2 3 }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #1f1f1f } .grid { stroke: #3c3c3c } .zero { stroke: #8a8a8a } text { fill: #e6e6e6 } .note { fill: #b0b0b0 }
      .mark { fill: #5cb3ff } .interval { stroke: #5cb3ff } .score { stroke: #5cb3ff } .macs { stroke: #f0a35e } .random { stroke: #a8a8a8 } .oracle { stroke: #7fcf7f }
    }
  </style>`;

export const at = (value: number): string => String(Number(value.toFixed(1)));

export const text = (x: number, y: number, words: string, kind = '', anchor = 'start'): string =>
  `<text class="${kind}" x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${words}</text>`;

export const line = (kind: string, x1: number, y1: number, x2: number, y2: number): string =>
  `<line class="${kind}" x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}"/>`;

export function picture(title: string, width: number, height: number, parts: readonly string[]): string {
  const ground = `<rect class="ground" width="${width}" height="${height}"/>`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`;
  return `${[head, `  <title>${title}</title>`, ...[STYLE, ground, ...parts].map((part) => `  ${part}`), '</svg>'].join('\n')}\n`;
}

/** A place along a panel for a value within its bounds. */
export const scale =
  (from: number, to: number, start: number, length: number) =>
  (value: number): number =>
    start + ((value - from) / (to - from)) * length;

/** A horizontal line across a panel, with its value in front. */
export const level = (kind: 'grid' | 'zero', start: number, length: number, y: number, words: string): string[] => [
  line(kind, start, y, start + length, y),
  text(start - 6, y + 4, words, 'note', 'end'),
];

export const curve = (kind: string, points: readonly (readonly [number, number])[]): string =>
  `<polyline class="line ${kind}" points="${points.map(([x, y]) => `${at(x)},${at(y)}`).join(' ')}"/>`;

/** What a curve stands for, behind a piece of it. */
export const legend = (kind: string, x: number, y: number, words: string): string[] => [
  line(`line ${kind}`, x, y, x + 28, y),
  text(x + 34, y + 4, words),
];

const ROW = 24;
const TAUS = [-0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8] as const;

interface TauPanel {
  readonly title: string;
  readonly figures: ReadonlyMap<string, Figure>;
}

/** Without intervals: of thousands of networks they are smaller than a dot. */
const figuresOf = ({ measures }: SetResult): ReadonlyMap<string, Figure> =>
  new Map(measures.map(({ measure, tau: { value } }) => [measure, { value, low: value, high: value }]));

/** The mean over some sets, from the least of them to the most. */
function meanOfSets(results: readonly SetResult[]): ReadonlyMap<string, Figure> {
  const names = results[0]?.measures.map(({ measure }) => measure) ?? [];
  return new Map(
    names.map((name) => {
      const all = results.flatMap(({ measures }) => measures.find(({ measure }) => measure === name)?.tau.value ?? []);
      return [name, { value: mean(all), low: Math.min(...all), high: Math.max(...all) }];
    }),
  );
}

/** Kendall's τ of each measure in the three benchmarks. */
export function tauPlot(results: readonly SetResult[]): string {
  const [macro, accel, ...tasks] = results;
  if (macro === undefined || accel === undefined) throw new Error('there are three benchmarks');
  const panels: TauPanel[] = [
    { title: macro.benchmark, figures: figuresOf(macro) },
    { title: accel.benchmark, figures: figuresOf(accel) },
    { title: `${tasks[0]?.benchmark}: mean and range of ${tasks.length} tasks`, figures: meanOfSets(tasks) },
  ];
  const names = [...(panels[2]?.figures.keys() ?? [])];
  const bottom = TOP + names.length * ROW;
  const parts = [text(GAP / 2, 22, 'Kendall’s τ-b between a measure and the accuracy of trained networks', 'head')];
  names.forEach((name, row) => {
    parts.push(text(LEFT + 20, TOP + (row + 0.5) * ROW + 4, name, '', 'end'));
  });
  panels.forEach(({ title, figures }, p) => {
    const start = LEFT + GAP + p * (PANEL + GAP);
    const x = scale(-0.6, 0.8, start, PANEL);
    parts.push(text(start, 48, title, 'note'));
    for (const tau of TAUS) {
      parts.push(line(tau === 0 ? 'zero' : 'grid', x(tau), TOP, x(tau), bottom));
      parts.push(text(x(tau), bottom + 18, tau.toFixed(1).replace('-', '−'), 'note', 'middle'));
    }
    names.forEach((name, row) => {
      const found = figures.get(name);
      if (found === undefined) return;
      const y = TOP + (row + 0.5) * ROW;
      parts.push(line('interval', x(found.low), y, x(found.high), y));
      parts.push(`<circle class="mark" cx="${at(x(found.value))}" cy="${at(y)}" r="4"/>`);
    });
  });
  return picture('Kendall’s τ of every measure', LEFT + GAP + 3 * (PANEL + GAP), bottom + 32, parts);
}

const HEIGHT = 220;
const CHOICES = [
  { kind: 'oracle', words: 'the best there are', of: (b: SetResult['budgets'][number]) => b.oracle },
  { kind: 'score', words: 'highest score', of: (b: SetResult['budgets'][number]) => b.score },
  { kind: 'macs', words: 'most macs', of: (b: SetResult['budgets'][number]) => b.mostMacs },
  { kind: 'random', words: 'any', of: (b: SetResult['budgets'][number]) => b.random },
] as const;

/** The mean accuracy of ten designs within each budget, by how they are chosen. */
export function budgetPlot(results: readonly SetResult[]): string {
  const top = TOP + ROW;
  const parts = [
    text(GAP / 2, 22, 'Mean accuracy of ten designs within a budget of macs (deciles of the set)', 'head'),
  ];
  CHOICES.forEach(({ kind, words }, c) => {
    const x = GAP / 2 + c * 160;
    parts.push(...legend(kind, x, 40, words));
  });
  results.forEach(({ id, budgets }, p) => {
    const start = GAP + 20 + p * (PANEL + GAP + 20);
    const values = budgets.flatMap((b) => CHOICES.map(({ of }) => of(b)));
    const low = Math.floor(Math.min(...values));
    const step = Math.ceil((Math.max(...values) - low) / 4);
    const high = low + 4 * step;
    const x = scale(1, budgets.length, start, PANEL);
    const y = scale(high, low, top, HEIGHT);
    parts.push(text(start, 70, id, 'note'));
    for (let value = low; value <= high; value += step) {
      parts.push(...level('grid', start, PANEL, y(value), at(value)));
    }
    budgets.forEach((_, i) => {
      parts.push(text(x(i + 1), top + HEIGHT + 18, String(i + 1), 'note', 'middle'));
    });
    for (const { kind, of } of CHOICES) {
      parts.push(
        curve(
          kind,
          budgets.map((b, i) => [x(i + 1), y(of(b))]),
        ),
      );
    }
  });
  const width = GAP + 20 + results.length * (PANEL + GAP + 20);
  return picture('Mean accuracy of ten designs within a budget', width, top + HEIGHT + 32, parts);
}
