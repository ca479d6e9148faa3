import { compared } from '../features/comparison.ts';
import { picture } from '../features/picture.ts';
import { snapshotOf } from '../features/snapshot.ts';
import { examples } from './examples.ts';
import {
  COMPARE_REQUEST,
  type CompareAnswer,
  type CompareParams,
  PICTURE_REQUEST,
  type PictureAnswer,
  type PictureParams,
} from './protocol.ts';
import type { ServerContext } from './server.ts';

/** The data of the views that only our own client has. */
export function registerViews({ connection, snapshots, settings }: ServerContext): void {
  connection.onRequest<PictureAnswer, void>(PICTURE_REQUEST, async ({ uri, text }: PictureParams) => {
    const { features } = await settings.get(uri);
    const snapshot = text === undefined ? snapshots.get(uri) : snapshotOf(text, uri);
    if (snapshot === undefined) return null;
    return { version: snapshot.document.version, backbones: picture(snapshot, features) };
  });
  connection.onRequest<CompareAnswer, void>(COMPARE_REQUEST, async ({ uri }: CompareParams) => {
    const [{ features }, published] = await Promise.all([settings.get(uri), examples()]);
    const snapshot = snapshots.get(uri);
    if (snapshot === undefined) return null;
    const designs = [
      ...compared(snapshot, features, false),
      ...published.flatMap((example) => compared(example, features, true)),
    ];
    return { version: snapshot.document.version, estimator: features.estimator, designs };
  });
}
