import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import type { ReportedFile } from '../../../server/src/report/designs.ts';
import { reportPage } from '../../../server/src/report/page.ts';

/** A text as the command line hands it to a report. */
export function reportedFile(text: string, path = 'a.mae', worth: readonly string[] = []): ReportedFile {
  const snapshot = snapshotOf(text);
  return { path, snapshot, problems: snapshot.problems, worth };
}

/** The page of one text, with a front or without. */
export function pageFor(text: string, { path = 'a.mae', front = '' } = {}): string {
  const found = front === '' ? {} : { front: { path: 'front.mae', snapshot: snapshotOf(front) } };
  return reportPage({ files: [reportedFile(text, path)], version: '1.2.3', ...found });
}

/** The texts and attributes of a page, as a browser reads them back. */
export const unescaped = (markup: string): string =>
  markup
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** A chain, a graph, and a detector on the chain, with a budget that is exceeded and two searches. */
export const TEXT = `backbone small {
  input 3 x 256 x 256
  within tight
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 2
  stage C3 bottleneck(out: 128, btn: 32, k: 5, s: 2) x 3
  stage C4 bottleneck(out: 192, btn: 48, k: 3, s: 2) x 1
  stage C5 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1
}

backbone two_ways {
  input 3 x 256 x 256
  stem     conv(out: 64, k: 7, s: 2)
  node a   bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1 from stem
  node b   bottleneck(out: 512, btn: 128, k: 3, s: 2) x 1 from a
  node c   basic(out: 256, btn: 256, k: 3, s: 1) x 1 at /8 from a, b
  output C3: b, C4: c
  entropy C3: 1, C4: 6
}

detector eyes {
  backbone small
  classes 20
  neck fpn(out: 64)
  head fcos(width: 64, convs: 2)
}

budget tight {
  macs   <= 100M
  layers <= 91
}

search first {
  start small
  within tight
  evaluations 3000
}

search second {
  start small
  minimise params
  seed 7
}
`;
