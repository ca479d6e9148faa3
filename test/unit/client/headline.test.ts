import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  closedLine,
  gainText,
  headline,
  lettersOf,
  ONE_LINE,
  standingLine,
  stoppedLine,
} from '../../../client/src/dashboard/headline.ts';
import { newRun, type Run } from '../../../client/src/dashboard/state.ts';
import { about, BEGUN, design } from './runs.ts';

/** A run from one score to another, with the gap to its bound. */
const run = (name: string, from: number, to: number, gap?: number): Run => {
  const begun = newRun(BEGUN, { ...about('a'), name, start: design(from) });
  return { ...begun, now: { ...begun.now, score: to, best: design(to), ...(gap === undefined ? {} : { gap }) } };
};
const minimising = (name: string, cost: string, from: number, to: number, gap: number): Run => {
  const start = { ...design(260), costs: { [cost]: from } };
  const begun = newRun(BEGUN, { ...about('a'), name, goal: { cost, score: 260 }, start });
  return { ...begun, now: { ...begun.now, gap, best: { ...start, costs: { [cost]: to } } } };
};

const proven = (of: Run): Run => ({ ...of, now: { ...of.now, proven: true } });

/** Of letters of usual width and of such as are as wide as two. */
const NAME = fc.string({
  minLength: 1,
  maxLength: 80,
  unit: fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom('网', '络', '。', 'ネ')),
});

describe('what a search found, on one line', () => {
  test.each([
    ['net', 3],
    ['网络', 4],
    ['低于最优 ≤ 1 %', 14],
    ['a，b', 4],
  ])('%s takes the room of %i letters', (text, letters) => expect(lettersOf(text)).toBe(letters));

  test.each([
    [run('maedet_m', 1732.3, 2123.4, 0.0002), 'maedet…: score 1732.3 → 2123.4, ≤ 0.02 % off best'],
    [run('small', 260.6, 492.1), 'small: score 260.6 → 492.1'],
    [proven(run('small', 260.6, 492.1, 0)), 'small: score 260.6 → 492.1, proven best'],
    [proven(minimising('slim', 'params', 21.23e6, 6.613e6, 0)), 'slim: 21.2 M → 6.61 M params, proven least'],
    [run('small', 260.6, 492.1, 1), 'small: score 260.6 → 492.1'],
    [run('resnet101_with_a_name', 2610.25, 3123.44, 0.0123), 'resnet1…: score 2610.3 → 3123.4, ≤ 1.2 % off best'],
    [minimising('slim', 'params', 21.23e6, 6.613e6, 0.0052), 'slim: 21.2 M → 6.61 M params, ≤ 0.52 % off least'],
    [minimising('slim', 'memory', 73.73e6, 20.48e6, 0), 'slim: 73.7 MB → 20.5 MB memory, ≤ 0 % off least'],
  ])('%#', (of, expected) => {
    expect(headline(of)).toBe(expected);
  });

  test.each([
    [proven(run('small', 260.6, 260.6, 0)), 'small: nothing is better, proven.'],
    [run('small', 260.6, 260.6, 0.0002), 'small: ≤ 0.02 % off best'],
    [run('branches', 260.6, 260.6), 'branches: no bound is known here.'],
  ])('of a design that stays as it is: %#', (of, expected) => {
    expect(standingLine(of)).toBe(expected);
  });

  test('whatever the name and the numbers, it fits, and the gain is in it', () => {
    const score = fc.double({ min: 0, max: 1e6, noNaN: true });
    const gap = fc.option(fc.double({ min: 0, max: 1.5, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(NAME, score, score, gap, (name, from, to, share) => {
        const of = run(name, from, to, share);
        expect(lettersOf(headline(of))).toBeLessThanOrEqual(ONE_LINE);
        expect(headline(of)).toContain(gainText(of));
        expect(lettersOf(stoppedLine(of))).toBeLessThanOrEqual(ONE_LINE);
        expect(lettersOf(closedLine(`${name}.mae`))).toBeLessThanOrEqual(ONE_LINE);
      }),
    );
  });
});
