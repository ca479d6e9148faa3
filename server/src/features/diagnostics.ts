import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import type { Problem, Severity } from '../language/problem.ts';
import { type Knowledge, NOTHING_KNOWN } from './knowledge.ts';
import { measuredProblems } from './measured-problems.ts';
import { rangeOf, type Snapshot } from './snapshot.ts';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export const DIAGNOSTIC_SOURCE = 'mae';

/** The problems of a snapshot as diagnostics: code and data are stable, and quick fixes read nothing else. */
export function diagnostics(snapshot: Snapshot, knowledge: Knowledge = NOTHING_KNOWN): Diagnostic[] {
  const all = [...snapshot.problems, ...measuredProblems(snapshot, knowledge)];
  return all.map((problem) => toDiagnostic(snapshot, problem));
}

function toDiagnostic(snapshot: Snapshot, problem: Problem): Diagnostic {
  return {
    range: rangeOf(snapshot, problem.span),
    severity: SEVERITIES[problem.severity],
    code: problem.code,
    source: DIAGNOSTIC_SOURCE,
    message: problem.message,
    ...(problem.data === undefined ? {} : { data: problem.data }),
    ...(problem.code === 'unused-name' ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}
