import { backboneSection } from './backbone.ts';
import { type Design, designsOf, type ReportedFile } from './designs.ts';
import { detectorSection } from './detector.ts';
import { frontSection, type ReportedFront } from './front.ts';
import { how } from './how.ts';
import { html, type Markup, pageText, styled } from './html.ts';
import type { Measured } from './measured.ts';
import { overview } from './overview.ts';
import { note } from './parts.ts';
import { problems, told } from './problems.ts';
import { searches } from './searches.ts';
import { STYLE } from './style.ts';

export interface Reported {
  readonly files: readonly ReportedFile[];
  readonly front?: ReportedFront | undefined;
  readonly measured?: Measured | undefined;
  /** Of the program that made it. */
  readonly version: string;
}

/**
 * A report as the text of one HTML page: nothing is loaded, no script is in it, and the same files give the same page. It says
 * nothing of when it was made.
 */
export function reportPage({ files, front, measured, version }: Reported): string {
  const paths = files.map(({ path }) => path);
  const several = files.length > 1;
  const title = several ? `${files.length} files` : (paths[0] ?? '');
  const designs = files.flatMap(designsOf);
  const ofFile = (path: string): string => (several ? ` of ${path}` : '');
  const [first] = files;
  const shown = front === undefined || first === undefined ? undefined : frontSection('front', front, first.snapshot);
  const links = [
    ...files.flatMap((file, i) =>
      told(file).length === 0 ? [] : [[problemsId(i), `Problems${ofFile(file.path)}`] as const],
    ),
    ...designs.map(({ id, name }) => [id, name] as const),
    ...files.flatMap(({ path, snapshot }, i) =>
      snapshot.design.searches.length === 0 ? [] : [[searchId(i), `Searches${ofFile(path)}`] as const],
    ),
    ...(shown === undefined ? [] : [['front', 'Pareto front'] as const]),
    ['how', 'How each number was got'] as const,
  ];
  return pageText(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="mae-det ${version}">
<title>${title}: MAE-DET report</title>
${styled(STYLE)}
</head>
<body>
<main>
<h1>Report on ${title}</h1>
<nav aria-label="Contents"><ul>${links.map(([id, words]) => html`<li><a href="#${id}">${words}</a></li>\n`)}</ul></nav>
${overview(designs, several)}
${files.map((file, i) => problems(problemsId(i), `Problems${ofFile(file.path)}`, file))}
${designs.map((design) => designSection(design, measured))}
${files.map(({ path, snapshot, worth }, i) => searches(searchId(i), `Searches${ofFile(path)}`, snapshot, worth))}
${shown}
${how(measured !== undefined)}
${note(`Made by mae report, version ${version}, from ${[...paths, ...(front === undefined ? [] : [front.path])].join(', ')}.`)}
</main>
</body>
</html>
`);
}

const problemsId = (file: number): string => `file${file + 1}-problems`;
const searchId = (file: number): string => `file${file + 1}-searches`;

const designSection = (design: Design, measured: Measured | undefined): Markup => {
  const { id, snapshot } = design;
  return design.kind === 'backbone'
    ? backboneSection(id, snapshot, design.own, design.analysis, measured)
    : detectorSection(id, snapshot, design.own, design.analysis);
};
