import { basename } from 'node:path';
import { type Exportable, exportableBackbone, exportableDetector } from '../exchange/exportable.ts';
import type { Snapshot } from '../features/snapshot.ts';
import { taken, withBeside } from '../files/new-files.ts';
import { writeWholeInParts } from '../files/write-whole.ts';
import type { InParts } from '../language/in-parts.ts';
import type { Span } from '../language/problem.ts';
import { inTurns } from './in-turns.ts';
import { onRequest } from './messages.ts';
import {
  EXPORT_CHOICES_REQUEST,
  EXPORT_REQUEST,
  type ExportAnswer,
  type ExportChoicesParams,
  type ExportParams,
} from './protocol.ts';
import type { ServerContext } from './server.ts';

/** *Export*: designs in the formats of other programs. */
export function registerExports({ connection, snapshots }: ServerContext): void {
  onRequest(connection, EXPORT_CHOICES_REQUEST, async ({ uri }: ExportChoicesParams) => {
    const { allFormats } = await formats();
    const snapshot = snapshots.get(uri);
    if (snapshot === undefined) return null;
    const { backbones, detectors } = snapshot.design;
    return {
      version: snapshot.document.version,
      designs: [
        ...backbones.map(({ name }) => ({ kind: 'backbone', name }) as const),
        ...detectors.map(({ name }) => ({ kind: 'detector', name }) as const),
      ],
      formats: allFormats().map(({ name, title, doc, extension, takes, hasWeights }) => {
        const takesDetectors = takes === 'backbone or detector';
        return { name, title, doc, extension, takesDetectors, hasWeights };
      }),
    };
  });
  // One after another: of two that write the same file each would take what the other began for left over.
  let before: Promise<unknown> = Promise.resolve();
  onRequest(connection, EXPORT_REQUEST, async (params: ExportParams, token) => {
    const loaded = await formats();
    const work = before.then(() => inTurns(exported(snapshots.get(params.uri), params, loaded), token));
    before = work.catch(() => undefined);
    return work;
  });
}

/** Loaded when somebody exports: most people open an editor for something else. */
const formats = () => import('../exchange/formats.ts');

/** Weights that are the same each time somebody exports them. */
const SEED = 0;

function* exported(
  snapshot: Snapshot | undefined,
  params: ExportParams,
  { formatNamed }: Awaited<ReturnType<typeof formats>>,
): InParts<ExportAnswer> {
  const { name, format: wanted, weights, path, replace } = params;
  const format = formatNamed(wanted);
  const found = snapshot && exportableOf(snapshot, params);
  if (snapshot === undefined || found === undefined || format === undefined)
    return { kind: 'failed', message: `There is no ${name} in the file any more.` };
  const { design, spanOf } = found;
  const failed = (message: string, span: Span): ExportAnswer => ({
    kind: 'failed',
    message,
    range: { start: snapshot.document.positionAt(span.start), end: snapshot.document.positionAt(span.end) },
  });
  if (design === undefined) return failed(`${name} has errors: mend them first.`, spanOf(undefined));
  const outcome = format.export(design, { weights, seed: SEED, file: basename(path) });
  if (!outcome.ok) return failed(outcome.message, spanOf(outcome.group));
  const files = withBeside(path, outcome.content, outcome.beside);
  const there = taken(files);
  if (there.length > 0 && !replace) return { kind: 'taken', paths: there };
  for (const file of files) {
    const writing = yield* writeWholeInParts(file.path, file.content);
    if (!writing.ok) return { kind: 'failed', message: `${file.path} cannot be written: ${writing.why}.` };
  }
  return { kind: 'written', paths: files.map((file) => file.path) };
}

const exportableOf = ({ design }: Snapshot, { kind, name }: ExportParams): Exportable | undefined =>
  kind === 'detector'
    ? design.detectors.filter((one) => one.name === name).map(exportableDetector)[0]
    : design.backbones.filter((one) => one.name === name).map(exportableBackbone)[0];
