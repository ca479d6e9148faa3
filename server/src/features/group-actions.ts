import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver-types';
import type { Group } from '../backbone/backbone.ts';
import type { Move } from '../space/moves.ts';
import { designAction, overlaps } from './edit-action.ts';
import { effectText, moveText, tryMove } from './move-effect.ts';
import { type FeatureOptions, shownCost } from './options.ts';
import { rangeOf, type Snapshot } from './snapshot.ts';

/** What is offered for a group: each direction once, by its gentlest step. */
function offered(g: Group): Move[] {
  const widths: Move[] =
    g.block === 'inverted'
      ? [...ratioSteps(g), { kind: 'out', factor: 1.25 }, { kind: 'out', factor: 0.8 }]
      : [
          { kind: 'btn', factor: 1.25 },
          { kind: 'btn', factor: 0.8 },
          { kind: 'out', factor: 1.25 },
          { kind: 'out', factor: 0.8 },
        ];
  const kernel = g.kernel === 3 ? 5 : 3;
  return [...widths, { kind: 'depth', by: 1 }, { kind: 'depth', by: -1 }, { kind: 'kernel', kernel }];
}

/** An inverted block's bottleneck goes by whole expansion ratios. */
function ratioSteps(g: Group): Move[] {
  const ratio = Math.round(g.btn / Math.max(1, g.out));
  return [ratio + 1, ratio - 1].filter((r) => r >= 1 && r <= 6).map((r) => ({ kind: 'ratio', ratio: r }));
}

/**
 * Widen, narrow, deepen, shorten and change the kernel of each group in the range, with the effect in the title:
 * «Widen C4 bottleneck 112 → 136: +13.6 score, +9.09 G macs».
 */
export function groupActions(snapshot: Snapshot, range: Range, options: FeatureOptions): CodeAction[] {
  return snapshot.backbones.flatMap((backbone) => {
    const { analysis, fresh, source } = backbone;
    if (analysis === undefined || !fresh) return [];
    const cost = shownCost(backbone, options);
    return source.groups.flatMap(({ group, span }, index) => {
      if (group === undefined || !overlaps(wholeLine(rangeOf(snapshot, span)), range)) return [];
      return offered(group).flatMap((move) => {
        const effect = tryMove(analysis, index, move, cost, options);
        const to = effect?.backbone.groups[index];
        if (effect === undefined || to === undefined) return [];
        const stage = analysis.groups[index]?.lowered.stage ?? 1;
        const title = `${moveText(group, to, stage)}: ${effectText(effect, cost)}`;
        return [designAction(snapshot, title, CodeActionKind.QuickFix, source, effect.backbone)];
      });
    });
  });
}

/** A cursor anywhere on the line, before the group or in its comment, means the group. */
const wholeLine = (range: Range): Range => ({
  start: { line: range.start.line, character: 0 },
  end: { line: range.end.line, character: Number.MAX_SAFE_INTEGER },
});
