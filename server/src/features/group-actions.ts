import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver-types';
import type { InParts } from '../language/in-parts.ts';
import { timesLimitedBy } from './device-costs.ts';
import { designAction, overlaps } from './edit-action.ts';
import { devicesText, freeWidths } from './free-widths.ts';
import { effectText, moveText, Trials } from './move-effect.ts';
import { type FeatureOptions, toldCosts, weighedCost } from './options.ts';
import { scoringOf } from './scoring-of.ts';
import { compareEffects, effects, gentleMoves } from './sensitivity.ts';
import { rangeOf, type Snapshot } from './snapshot.ts';
import { spaceText } from './space-of.ts';

/** Whoever selects more lines than a screen has is not choosing among the changes of each. */
const MOST_LINES = 24;

/**
 * Widen, narrow, deepen, shorten and change the kernel of each group in the range, what pays most first, with the
 * effect in the title: «Widen C4 bottleneck 112 → 136: +13.6 score, +9.09 G macs». Before them what costs nothing on a device.
 */
export function* groupActions(snapshot: Snapshot, range: Range, options: FeatureOptions): InParts<CodeAction[]> {
  const actions: CodeAction[] = [];
  let left = MOST_LINES;
  for (const backbone of snapshot.backbones) {
    const { analysis, fresh, source } = backbone;
    if (analysis === undefined || !fresh) continue;
    const inRange = source.groups.flatMap(({ span }, index) =>
      overlaps(wholeLine(rangeOf(snapshot, span)), range) ? [index] : [],
    );
    const taken = inRange.slice(0, left);
    left -= taken.length;
    if (taken.length === 0) continue;
    const told = toldCosts(backbone, options);
    const devices = timesLimitedBy(backbone.budgets);
    const cost = weighedCost(backbone, options);
    const trials = new Trials(analysis, scoringOf(backbone, options), backbone.space);
    for (const index of taken) {
      for (const free of freeWidths(trials, index, devices)) {
        const others = told.filter((name) => !free.devices.includes(name));
        const gain = effectText(free.scoreGain, trials.costs, free.costs, others);
        const what = `${moveText(free, analysis.network)}: free on ${devicesText(free.devices)}`;
        const title = `${what}, ${gain}${spaceText(backbone)}`;
        actions.push(designAction(snapshot, title, CodeActionKind.QuickFix, source, free.backbone));
      }
      for (const effect of effects(trials, cost, gentleMoves, [index]).sort(compareEffects)) {
        const gain = effectText(effect.scoreGain, trials.costs, effect.costs, told);
        const title = `${moveText(effect, analysis.network)}: ${gain}${spaceText(backbone)}`;
        actions.push(designAction(snapshot, title, CodeActionKind.QuickFix, source, effect.backbone));
      }
      yield;
    }
  }
  return actions;
}

/** A cursor anywhere on the line, before the group or in its comment, means the group. */
const wholeLine = (range: Range): Range => ({
  start: { line: range.start.line, character: 0 },
  end: { line: range.end.line, character: Number.MAX_SAFE_INTEGER },
});
