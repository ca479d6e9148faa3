import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Snapshot, snapshotOf } from '../features/snapshot.ts';
import { type Problem, type Span, textErrors } from '../language/problem.ts';
import { profilesBeside } from '../latency/node/profiles-beside.ts';
import type { Source } from './source.ts';

/** A design as the command line reads it: the text and all that is known about it. */
export interface ReadFile {
  readonly source: Source;
  readonly snapshot: Snapshot;
  readonly problems: readonly Problem[];
}

/** In an editor a new file is empty for a moment; handed to a command it is a mistake. */
const strictly = (problem: Problem): Problem =>
  problem.code === 'empty-file' ? { ...problem, severity: 'error' } : problem;

export function readFile(source: Source): ReadFile {
  const uri = pathToFileURL(source.path).href;
  const snapshot = snapshotOf(source.text, uri, profilesBeside(path.dirname(source.path)));
  const problems = snapshot.problems.map(strictly).toSorted((a, b) => a.span.start - b.span.start);
  return { source, snapshot, problems };
}

/** `file:line:column: severity[code]: message`, the form that editors and CI systems turn into links. */
export function problemLine(
  { source, snapshot }: ReadFile,
  problem: Pick<Problem, 'code' | 'severity' | 'message' | 'span'>,
): string {
  return `${place(source, snapshot, problem.span)}: ${problem.severity}[${problem.code}]: ${problem.message}`;
}

/** `file:line:column`, counted from 1. */
export function place(source: Source, snapshot: Snapshot, span: Span): string {
  const { line, character } = snapshot.document.positionAt(span.start);
  return `${source.path}:${line + 1}:${character + 1}`;
}

export const textErrorsOf = (file: ReadFile): Problem[] => textErrors(file.problems);
