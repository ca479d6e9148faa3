import * as ast from '../language/generated/ast.ts';
import type { Problem } from '../language/problem.ts';
import { firstWord, propertySpan, recovered } from '../language/span.ts';
import type { Knowledge } from './knowledge.ts';
import { isSuspicious } from './measured-text.ts';
import type { Snapshot, SnapshotBackbone } from './snapshot.ts';

/** Where measurement and closed form contradict each other: one of the two is wrong, and the person should know. */
export function measuredProblems(snapshot: Snapshot, knowledge: Knowledge): Problem[] {
  return snapshot.backbones.flatMap((backbone) => {
    const measured = knowledge.measured(backbone);
    if (measured === undefined) return [];
    return measured.stages.filter(isSuspicious).map((stage): Problem => {
      const message =
        `Measured H of ${stage.name} is ${stage.mean.toFixed(2)} nats, the closed form predicts ` +
        `${stage.predicted.toFixed(2)}: ${Math.abs(stage.z ?? 0).toFixed(1)} standard errors apart (${measured.device}, ` +
        `${measured.draws} draws). Measure again with more draws.`;
      return { code: 'measured-differs', severity: 'information', message, span: stageSpan(backbone, stage.name) };
    });
  });
}

function stageSpan({ source }: SnapshotBackbone, name: string) {
  const stage = source.node.statements.find((s) => ast.isStage(s) && recovered(s).name === name);
  const stem = source.node.statements.find(ast.isStem);
  return stage === undefined ? firstWord(stem ?? source.node) : propertySpan(stage, 'name');
}
