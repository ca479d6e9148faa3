/** Offsets into the text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One replacement in the text. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Codes are part of the contract: quick fixes, tests and users' settings refer to them. docs/diagnostics.md lists them. */
export const PROBLEM_CODES = [
  'syntax',
  'empty-file',
  'unknown-block',
  'unknown-part',
  'unknown-argument',
  'missing-argument',
  'duplicate-argument',
  'bad-number',
  'bad-value',
  'missing-input',
  'missing-stem',
  'duplicate-statement',
  'stage-order',
  'stage-stride',
  'unknown-stage',
  'missing-stage',
  'mixed-lines',
  'node-groups',
  'missing-source',
  'missing-output',
  'missing-backbone',
  'missing-head',
  'missing-level',
  'misfit-part',
  'misfit-vary',
  'cycle',
  'unread-node',
  'merge-shape',
  'lone-concat',
  'needless-as',
  'cut-input',
  'shrinking-channels',
  'kernel-too-large',
  'wide-bottleneck',
  'bad-width',
  'bad-name',
  'duplicate-name',
  'unknown-name',
  'unused-name',
  'unknown-cost',
  'missing-device',
  'no-profile',
  'bad-profile',
  'outside-profile',
  'unknown-setting',
  'unknown-limit',
  'empty-space',
  'kept-outside',
  'missing-setting',
  'budget-exceeded',
  'start-breaks-space',
  'unlimited-depth',
  'unweighed',
  'not-comparable',
  'depth-beyond-evidence',
  'measured-differs',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** One way to mend a problem. */
export interface Choice {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** What a quick fix needs, so that it never reads the message. */
export type ProblemData =
  /** The text at the span should be one of these, best first. */
  | { readonly kind: 'replace'; readonly with: readonly string[] }
  /** These arguments are missing from the group whose closing parenthesis stands at the offset. */
  | { readonly kind: 'add-arguments'; readonly arguments: readonly string[]; readonly at: number }
  /** One of these lines is missing in the search, before what stands at the offset; the likeliest first. */
  | { readonly kind: 'add-setting'; readonly choices: readonly string[]; readonly at: number }
  /** The search of this number minimises a cost without a limit on layers; it should have one of these, the likeliest first. */
  | { readonly kind: 'limit-layers'; readonly search: number; readonly choices: readonly number[] }
  /** The device of a budget has no profile that can be read: one can be made. */
  | { readonly kind: 'profile'; readonly device: string }
  /** What would be right takes more than a word. */
  | { readonly kind: 'edits'; readonly title: string; readonly edits: readonly Edit[] }
  /** The same in several ways, the likeliest first. */
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] }
  /** The declaration at the span and whatever uses its name should have another one. */
  | { readonly kind: 'rename'; readonly to: string }
  /** The span can go: a duplicate or an unused declaration. */
  | { readonly kind: 'remove'; readonly span: Span }
  /** The backbone exceeds this budget, or the detector that is built on it does. */
  | {
      readonly kind: 'budget';
      readonly backbone: string;
      readonly budget: string;
      readonly cost: string;
      readonly detector?: string;
    };

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** What is wrong and what would be right, in one or two short sentences. */
  readonly message: string;
  readonly span: Span;
  readonly data?: ProblemData;
}

/** The errors of the text itself. A budget that is exceeded is what numbers, searches and comparisons are asked for. */
export const textErrors = (problems: readonly Problem[]): Problem[] =>
  problems.filter((p) => p.severity === 'error' && p.code !== 'budget-exceeded');

/** Beyond so many problems nobody reads them, and editors show no more of a file. */
const MOST_SHOWN = 1000;

/** The first problems of a text, errors before others where they are too many, and one that says how many there are besides. */
export function shownProblems(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MOST_SHOWN) return problems;
  const { errors = [], others = [] } = Object.groupBy(problems, (p) => (p.severity === 'error' ? 'errors' : 'others'));
  const shown = new Set([...errors, ...others].slice(0, MOST_SHOWN));
  const left = problems.filter((problem) => !shown.has(problem));
  const message = `${left.length} more problems are not shown: mend the others first.`;
  const severity = left.some((p) => p.severity === 'error') ? 'error' : (left[0]?.severity ?? 'error');
  const span = left[0]?.span ?? { start: 0, end: 0 };
  return [...problems.filter((problem) => shown.has(problem)), { code: 'syntax', severity, message, span }];
}
