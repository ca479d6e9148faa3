import {
  BUILT_IN,
  comparedCosts,
  comparedDesigns,
  comparedErrors,
  comparedObjectives,
} from '../features/comparison.ts';
import { lineHints } from '../features/line-hints.ts';
import { numbersTable } from '../features/numbers-table.ts';
import { entropyKey } from '../features/options.ts';
import { picture } from '../features/picture.ts';
import { snapshotOf } from '../features/snapshot.ts';
import { readSize } from '../language/size.ts';
import { stillWanted } from './in-turns.ts';
import { onRequest } from './messages.ts';
import {
  COMPARE_REQUEST,
  type ComparedFile,
  type CompareParams,
  LINE_HINTS_REQUEST,
  type LineHintsParams,
  NUMBERS_REQUEST,
  type NumbersParams,
  PICTURE_REQUEST,
  type PictureParams,
} from './protocol.ts';
import type { ServerContext } from './server.ts';

/** The data of the views that only our own client has. */
export function registerViews({ connection, snapshots, settings, host, examples, knowledge }: ServerContext): void {
  onRequest(connection, LINE_HINTS_REQUEST, async ({ uri }: LineHintsParams, token) => {
    const { features } = await settings.get(uri);
    await stillWanted(token);
    const snapshot = snapshots.get(uri);
    if (snapshot === undefined) return null;
    const complete = snapshot.backbones.every(({ fresh }) => fresh);
    return { version: snapshot.document.version, hints: lineHints(snapshot, features, knowledge), complete };
  });
  onRequest(connection, PICTURE_REQUEST, async ({ uri, text }: PictureParams, token) => {
    const { features } = await settings.get(uri);
    await stillWanted(token);
    const snapshot = text === undefined ? snapshots.get(uri) : snapshotOf(text, uri, host.profilesOf(uri));
    if (snapshot === undefined) return null;
    return { version: snapshot.document.version, backbones: picture(snapshot, features) };
  });
  onRequest(connection, NUMBERS_REQUEST, async ({ uri, text }: NumbersParams, token) => {
    await stillWanted(token);
    const snapshot = text === undefined ? snapshots.get(uri) : snapshotOf(text, uri, host.profilesOf(uri));
    if (snapshot === undefined) return null;
    return { version: snapshot.document.version, backbones: numbersTable(snapshot) };
  });
  onRequest(connection, COMPARE_REQUEST, async ({ files, at }: CompareParams, token) => {
    const [{ features }, published] = await Promise.all([settings.get(files[0]?.uri ?? ''), examples.designs()]);
    const size = at === undefined ? undefined : readSize(at);
    const wanted = size?.ok === true ? size.value : undefined;
    // A file may be large, and nobody may want the answer any more: the cancellation is heard between two.
    const eachFile = async <T>(of: (index: number) => T): Promise<T[]> => {
      const all: T[] = [];
      for (const index of files.keys()) {
        await stillWanted(token);
        all.push(of(index));
      }
      return all;
    };
    // A device that one of them names is shown of all of them: so all are read before any is counted.
    const read = await eachFile((index) => {
      const { uri = '', text } = files[index] ?? {};
      return snapshots.get(uri) ?? (text === undefined ? undefined : snapshotOf(text, uri, host.profilesOf(uri)));
    });
    const compared = await eachFile((index): ComparedFile => {
      const [snapshot, uri] = [read[index], files[index]?.uri ?? ''];
      const errors = snapshot === undefined ? undefined : comparedErrors(snapshot);
      const designs = snapshot === undefined ? [] : comparedDesigns(snapshot, uri, wanted, features.estimator);
      return { uri, designs, ...(errors === undefined ? {} : { errors }) };
    });
    return {
      estimator: entropyKey(features),
      costs: comparedCosts(compared.flatMap(({ designs }) => designs)),
      objectives: comparedObjectives(),
      files: compared,
      evidence: features.evidence,
      published: published.flatMap((example) => comparedDesigns(example, BUILT_IN, wanted, features.estimator)),
      ...(size?.ok === false ? { atProblem: size.message } : {}),
    };
  });
}
