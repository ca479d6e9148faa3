import * as l10n from '@vscode/l10n';
import { percent } from '../../../common/numbers.ts';
import { amountText } from '../webviews/cost-text.ts';
import { aimOf, scoreOf } from './aim.ts';
import type { Run } from './state.ts';

/** Letters that a notification of VS Code shows on one line beside its icon and buttons, in the widest of the usual fonts. */
export const ONE_LINE = 49;
/** A name that is cut shorter says nothing. */
const LEAST_NAME = 6;

/** «maedet_m: score 1732.3 → 2123.4, ≤ 0.02 % off best»: what a search gained and how good that is, on one line. */
export function headline(run: Run): string {
  const gain = gainText(run);
  const certain = certaintyText(run);
  const whole = certain === undefined ? gain : l10n.t('{0}, {1}', gain, certain);
  const room = ONE_LINE - 2 - lettersOf(whole);
  const what = room < Math.min(LEAST_NAME, lettersOf(run.about.name)) ? gain : whole;
  return l10n.t('{0}: {1}', cut(run.about.name, Math.max(LEAST_NAME, ONE_LINE - 2 - lettersOf(what))), what);
}

/** «maedet_m: nothing is better, proven.», «maedet_m: ≤ 0.02 % off best»: how good the design in the text is by itself. */
export function standingLine(run: Run): string {
  const { name } = run.about;
  if (run.now.proven === true) return l10n.t('{0}: nothing is better, proven.', name);
  const certain = certaintyText(run);
  return certain === undefined ? l10n.t('{0}: no bound is known here.', name) : l10n.t('{0}: {1}', name, certain);
}

/** «maedet_m stopped: score 1732.3 → 2101.5» */
export function stoppedLine(run: Run): string {
  const gain = gainText(run);
  const room = ONE_LINE - lettersOf(l10n.t('{0} stopped: {1}', '', gain));
  return l10n.t('{0} stopped: {1}', cut(run.about.name, Math.max(LEAST_NAME, room)), gain);
}

/** «maedet_m.mae was closed: its design is kept» */
export function closedLine(file: string): string {
  const room = ONE_LINE - lettersOf(l10n.t('{0} was closed: its design is kept', ''));
  return l10n.t('{0} was closed: its design is kept', cut(file, Math.max(LEAST_NAME, room)));
}

/** «score 260.6 → 492.1», «21.2 M → 6.61 M params» */
export function gainText(run: Run): string {
  const { now, about } = run;
  const { goal, start, units } = about;
  if (goal === undefined) return l10n.t('score {0} → {1}', scoreOf(run, start.score), scoreOf(run, now.score));
  const amount = (costs: Readonly<Record<string, number>>): string =>
    amountText(units, goal.cost, costs[goal.cost] ?? 0, 3);
  return `${amount(start.costs)} → ${amount(now.best.costs)} ${goal.cost}`;
}

/** «proven best», «≤ 0.02 % off best», «≤ 0.5 % off least»; undefined where no bound is known. */
function certaintyText(run: Run): string | undefined {
  const { gap, proven } = run.now;
  if (proven === true) return run.about.goal === undefined ? l10n.t('proven best') : l10n.t('proven least');
  if (gap === undefined || gap >= 1) return undefined;
  const distance = percent(Math.max(0, aimOf(run).distance(gap)));
  return run.about.goal === undefined ? l10n.t('≤ {0} off best', distance) : l10n.t('≤ {0} off least', distance);
}

/** Whether a run has a design that its start is not. */
export const isBetter = ({ now, about: { start } }: Run): boolean => now.best.text !== start.text;

/** Letters that are as wide as two. */
const WIDE = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]/gu;

/** How many letters of usual width a text takes the room of. */
export const lettersOf = (text: string): number => [...text].length + (text.match(WIDE)?.length ?? 0);

/** A name cut to so many letters, at its end. */
function cut(name: string, most: number): string {
  if (lettersOf(name) <= most) return name;
  const letters = [...name];
  while (letters.length > 0 && lettersOf(letters.join('')) > most - 1) letters.pop();
  return `${letters.join('')}…`;
}
