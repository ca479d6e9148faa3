import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import type { Problem, ProblemCode, Severity } from '../language/problem.ts';
import { EVIDENCE_PAGE } from './evidence-problems.ts';
import { type Knowledge, NOTHING_KNOWN } from './knowledge.ts';
import { measuredProblems } from './measured-problems.ts';
import type { FeatureOptions } from './options.ts';
import { rangeOf, type Snapshot } from './snapshot.ts';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export const DIAGNOSTIC_SOURCE = 'mae';

/** Where a page of the documentation can be read; undefined where it is not at hand. */
export type DocsAddress = (page: string) => string | undefined;

export interface DiagnosticOptions extends Pick<FeatureOptions, 'evidence'> {
  readonly docs: DocsAddress;
}

const DEFAULTS: DiagnosticOptions = { evidence: true, docs: () => undefined };

/** What says where the score is not to be trusted; a setting silences it. */
const EVIDENCE: readonly ProblemCode[] = ['not-comparable', 'depth-beyond-evidence'];

/** What says more than a line can has a page. */
const PAGES: Readonly<Partial<Record<ProblemCode, string>>> = {
  'depth-beyond-evidence': EVIDENCE_PAGE,
  'not-comparable': 'search.md#objectives',
  'unlimited-depth': 'search.md#minimising-a-cost',
  'outside-profile': 'latency.md',
};

/** The problems of a snapshot as diagnostics: code and data are stable, and quick fixes read nothing else. */
export function diagnostics(
  snapshot: Snapshot,
  knowledge: Knowledge = NOTHING_KNOWN,
  { evidence, docs }: DiagnosticOptions = DEFAULTS,
): Diagnostic[] {
  const all = [...snapshot.problems, ...measuredProblems(snapshot, knowledge)];
  const shown = evidence ? all : all.filter(({ code }) => !EVIDENCE.includes(code));
  return shown.map((problem) => toDiagnostic(snapshot, problem, docs));
}

function toDiagnostic(snapshot: Snapshot, problem: Problem, docs: DocsAddress): Diagnostic {
  const page = PAGES[problem.code];
  const href = page === undefined ? undefined : docs(page);
  return {
    range: rangeOf(snapshot, problem.span),
    severity: SEVERITIES[problem.severity],
    code: problem.code,
    source: DIAGNOSTIC_SOURCE,
    message: problem.message,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    ...(problem.data === undefined ? {} : { data: problem.data }),
    ...(problem.code === 'unused-name' ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}
