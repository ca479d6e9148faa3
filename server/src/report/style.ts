import { DARK, LIGHT } from '../../../drawing/colours.ts';

/** What a report looks like: in a wide window, on a telephone, on paper; light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1f1f1f; --soft: #555555; --line: #d0d0d0; --paper: #ffffff; --head: #f3f4f6; --link: #0b57a4; --over: #a1260d; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1060px; margin: 0 auto; padding: 16px; overflow-wrap: anywhere; }
h1 { font-size: 1.6em; line-height: 1.25; margin: 8px 0; }
h2 { font-size: 1.3em; margin: 0 0 8px; }
h3 { font-size: 1em; margin: 24px 0 8px; }
p, ul, dl, figure { margin: 8px 0; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.about { margin-top: 40px; padding-top: 16px; border-top: 2px solid var(--line); }
.note, figcaption { color: var(--soft); font-size: 0.87em; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: 4px 0; }
.scroll { overflow-x: auto; margin: 8px 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.93em; }
th, td { padding: 4px 10px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; white-space: nowrap; overflow-wrap: normal; }
thead th { background: var(--head); border-bottom-color: var(--soft); }
tbody th { font-weight: 600; }
.right { text-align: right; }
.words { max-width: 460px; white-space: normal; }
.said { display: inline-block; min-width: 220px; max-width: 460px; white-space: normal; }
strong.over { color: var(--over); }
.share svg { display: inline-block; vertical-align: -1px; }
.share { white-space: nowrap; }
.rest { fill: none; stroke: var(--soft); }
.key { display: flex; flex-wrap: wrap; gap: 2px 16px; padding: 0; list-style: none; font-size: 0.87em; }
svg { display: block; }
.key svg { display: inline-block; vertical-align: -1px; }
.bars { width: 100%; max-width: 420px; height: auto; }
.plots { display: flex; flex-wrap: wrap; gap: 16px 32px; }
.plots figure { flex: 0 1 400px; min-width: 0; }
.plot { width: 100%; max-width: 400px; height: auto; }
.narrow { display: none; }
.problems { padding-left: 20px; }
.problems code { font-size: 0.93em; }
dt { font-weight: 600; }
dd { margin: 0 0 8px; }
@media screen and (max-width: 640px) { .words { display: none; } }
@media (max-width: 1000px) { .wide { display: none; } .narrow { display: block; } }
${LIGHT}
.exact { fill: #2f6fb3; } .grid { stroke: #d0d0d0; } .front { fill: none; stroke: #b3541e; stroke-width: 1.5; }
.dot { fill: #b3541e; } .pale { fill: #8a8a8a; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --soft: #a8a8a8; --line: #3c3c3c; --paper: #1b1b1b; --head: #262626; --link: #7cb7ff; --over: #f48771; }
${DARK}
  .exact { fill: #5ea2e8; } .grid { stroke: #3c3c3c; } .front { stroke: #e08a55; } .dot { fill: #e08a55; } .pale { fill: #8a8a8a; }
}
@media print {
  :root { color-scheme: light; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  .wide { display: block; } .narrow { display: none; }
  .scroll { overflow: visible; }
  .scroll svg { max-width: 100%; max-height: 240mm; height: auto; }
  table { font-size: 8pt; } th, td { padding: 2px 5px; }
  .said { min-width: 0; }
  svg, thead th { print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
  h2, h3 { break-after: avoid; } tr, figure, dt { break-inside: avoid; }
}
`;
