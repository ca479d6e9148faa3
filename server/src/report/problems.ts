import type { ReportedFile } from './designs.ts';
import { html, type Markup } from './html.ts';
import { section } from './parts.ts';

/** More than this nobody reads on paper; `mae check` has them all. */
const MOST = 50;

/** What is wrong with a file, at its places: errors and warnings. Nothing where all is well. */
export function problems({ path, snapshot, problems: all }: ReportedFile, file: number): Markup {
  const told = all.filter(({ severity }) => severity === 'error' || severity === 'warning');
  if (told.length === 0) return html``;
  const items = told.slice(0, MOST).map(({ code, severity, message, span }) => {
    const { line, character } = snapshot.document.positionAt(span.start);
    return html`<li><code>${path}:${line + 1}:${character + 1}</code> ${severity} ${code}: ${message}</li>\n`;
  });
  const more = told.length > MOST ? html`<p>And ${told.length - MOST} more: mae check has them all.</p>\n` : undefined;
  return section(`file${file + 1}-problems`, `Problems of ${path}`, html`<ul class="problems">\n${items}</ul>\n`, more);
}
