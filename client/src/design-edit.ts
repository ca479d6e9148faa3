import {
  DESIGN_EDIT_REQUEST,
  type DesignEditAnswer,
  type DesignEditParams,
  type SearchDesign,
} from '../../server/src/server/protocol.ts';
import type { LanguageServer } from './language-server.ts';
import { sendRequest } from './messages.ts';

/** A design of a search, of this session or an earlier one. */
export type FoundDesign = Pick<SearchDesign, 'id' | 'text'>;

export type DesignEdit = Extract<DesignEditAnswer, { readonly kind: 'edit' }>;

/**
 * What a design would change in a file as it is now; undefined where its backbone is no longer in there. The server has
 * the designs that it found itself; of one that the history remembers from before, it is given the text.
 */
export async function designEdit(
  { client }: LanguageServer,
  uri: string,
  { id, text }: FoundDesign,
): Promise<DesignEdit | undefined> {
  const ask = (params: DesignEditParams): Promise<DesignEditAnswer> => sendRequest(client, DESIGN_EDIT_REQUEST, params);
  const known = await ask({ uri, id });
  const answer = known.kind === 'unknown' ? await ask({ uri, id, text }) : known;
  return answer.kind === 'edit' ? answer : undefined;
}
