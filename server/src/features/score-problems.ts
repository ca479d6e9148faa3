import { weighingIn } from '../analysis/score-of.ts';
import { objectiveNamed, scoringBy } from '../entropy/objectives/registry.ts';
import type { Design } from '../language/design.ts';
import * as ast from '../language/generated/ast.ts';
import { together } from '../language/nearest.ts';
import type { Problem, ProblemData } from '../language/problem.ts';
import { nameSpan } from '../language/read-backbone.ts';
import { startOf } from '../language/resolve.ts';
import { recovered, spanOf } from '../language/span.ts';
import { shownObjective } from './scoring-of.ts';
import { caveatOf } from './scoring-says.ts';
import type { SnapshotBackbone } from './snapshot.ts';

/** What is to be known of scores: those of which nothing is weighed, and those that are not to be compared. */
export const scoreProblems = (design: Design, backbones: readonly SnapshotBackbone[]): Problem[] => [
  ...backbones.flatMap(unweighed),
  ...notComparable(design, backbones),
];

/** A backbone without any stage that its score weighs; where the text weighs one that is not there, that is told. */
function unweighed(backbone: SnapshotBackbone): Problem[] {
  const { source, analysis, fresh } = backbone;
  const weighing =
    analysis === undefined || !fresh ? undefined : weighingIn(analysis, { objective: shownObjective(backbone) });
  if (weighing === undefined || weighing.weighed.length > 0) return [];
  // A stem alone is a design that somebody begins.
  if (source.groups.every(({ statement }) => ast.isStem(statement))) return [];
  const written = source.node.statements.find(ast.isEntropyStatement);
  const stages = analysis?.stages.map(({ lowered }) => lowered.name) ?? [];
  if (written?.weights.some((weight) => !stages.includes(recovered(weight).stage ?? ''))) return [];
  const line = `entropy ${stages.at(-1) ?? ''}: 1`;
  const why =
    written === undefined
      ? `without an entropy line ${together(weighing.missing)} are weighed, which it lacks`
      : 'no stage is weighed';
  return [
    {
      code: 'unweighed',
      severity: 'warning',
      message: `The score of ${source.name} is 0: ${why}. Write '${line}'.`,
      span: written === undefined ? nameSpan(source.node) : spanOf(written),
      data: lineData(source, written, line),
    },
  ];
}

function lineData(
  { node }: SnapshotBackbone['source'],
  written: ast.EntropyStatement | undefined,
  line: string,
): ProblemData {
  if (written !== undefined) return { kind: 'replace', with: [line] };
  const first = node.statements.find((s) => !ast.isInputStatement(s) && !ast.isWithin(s));
  return { kind: 'add-setting', choices: [line], at: spanOf(first ?? node).start };
}

/** One hint for each search whose objective has something to mind of its start. */
function notComparable(design: Design, backbones: readonly SnapshotBackbone[]): Problem[] {
  return design.searches.flatMap((search): Problem[] => {
    const start = startOf(search, design);
    const backbone = backbones.find(({ source }) => source === start);
    const objective = objectiveNamed(search.values.objective);
    const { objective: span } = search.places;
    if (backbone?.analysis === undefined || !backbone.fresh || objective === undefined || span === undefined) return [];
    const message = caveatOf(backbone.analysis, scoringBy(objective, search.values.estimator));
    return message === undefined ? [] : [{ code: 'not-comparable', severity: 'hint', message, span }];
  });
}
