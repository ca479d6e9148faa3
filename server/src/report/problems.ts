import type { Problem } from '../language/problem.ts';
import type { ReportedFile } from './designs.ts';
import { html, type Markup } from './html.ts';
import { section } from './parts.ts';

/** More than this nobody reads on paper; `mae check` has them all. */
const MOST = 50;

/** What a reader is told of: errors and warnings. */
export const told = ({ problems: all }: ReportedFile): Problem[] =>
  all.filter(({ severity }) => severity === 'error' || severity === 'warning');

/** What is wrong with a file, at its places. Nothing where all is well. */
export function problems(id: string, title: string, file: ReportedFile): Markup {
  const all = told(file);
  if (all.length === 0) return html``;
  const items = all.slice(0, MOST).map(({ code, severity, message, span }) => {
    const { line, character } = file.snapshot.document.positionAt(span.start);
    return html`<li><code>${file.path}:${line + 1}:${character + 1}</code> ${severity} ${code}: ${message}</li>\n`;
  });
  const more = all.length > MOST ? html`<p>And ${all.length - MOST} more: mae check has them all.</p>\n` : undefined;
  return section(id, title, html`<ul class="problems">\n${items}</ul>\n`, more);
}
