import type { LexerResult } from 'langium';
import { isSettingName } from './search-settings.ts';
import { ENDS, kindOf, openingBrace, SIGNS } from './token-kind.ts';

type Token = LexerResult['tokens'][number];

/** The word before what is made lighter; a name wherever no setting of a search begins. */
export const VARY = 'vary';

/** What the tokens of a search say, before anybody parses them. */
export interface SearchWalk {
  /** Where `vary` begins a setting. */
  readonly varies: number[];
  /** Before which tokens something is missing. */
  readonly missing: number[];
}

const NAMED = ['start', 'within'];

/**
 * Goes through the settings of the search that begins at an index, one after the other. It says the same of tokens in which
 * `vary` is a name still and of those in which it is a word.
 */
export function walkSearch(tokens: readonly Token[], from: number): SearchWalk {
  const open = openingBrace(tokens, from);
  const walk: SearchWalk = { varies: [], missing: [] };
  let index = open === undefined ? tokens.length : open + 1;
  while (!ENDS.includes(kindOf(tokens[index]))) index = afterSetting(tokens, index, walk);
  return walk;
}

/** The index behind the setting whose word stands at one. */
function afterSetting(tokens: readonly Token[], word: number, { varies, missing }: SearchWalk): number {
  const kind = kindOf(tokens[word]);
  if (tokens[word]?.image === VARY) {
    varies.push(word);
    return afterUses(tokens, word + 1, missing);
  }
  if (kind !== 'ID' && !NAMED.includes(kind)) return word + 1;
  const index = kind === 'ID' && SIGNS.includes(kindOf(tokens[word + 1])) ? word + 2 : word + 1;
  if (isValue(tokens, index, word)) return afterDevice(tokens, index + 1);
  missing.push(index);
  return index;
}

/** The index behind the device of `minimise latency on phone`, where one is named. */
const afterDevice = (tokens: readonly Token[], index: number): number =>
  kindOf(tokens[index]) === 'on' && kindOf(tokens[index + 1]) === 'ID' ? index + 2 : index;

/** Whether a token can be the value of the setting whose word stands at another index, or begins a setting itself. */
function isValue(tokens: readonly Token[], index: number, word: number): boolean {
  const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  const kind = kindOf(token);
  if (kind !== 'ID' || token === undefined) return kind === 'QUANTITY';
  if (kindOf(next) === 'QUANTITY' || SIGNS.includes(kindOf(next))) return false;
  if (before?.endLine === token.startLine) return true;
  // A word on a line of its own may be a value, but not where it is what begins such lines.
  if (token.image !== VARY) return !isSettingName(token.image);
  const takesNames = NAMED.includes(kindOf(tokens[word])) || tokens[word]?.image === 'space';
  return takesNames && !(kindOf(next) === 'ID' && next?.startLine === token.endLine);
}

/** The index behind what `vary` names from one on. */
function afterUses(tokens: readonly Token[], first: number, missing: number[]): number {
  let index = SIGNS.includes(kindOf(tokens[first])) ? first + 1 : first;
  for (;;) {
    index = afterUse(tokens, index, missing);
    if (kindOf(tokens[index]) !== ',') return index;
    index += 1;
  }
}

const WORDS = ['ID', 'QUANTITY'];

/** The index behind `neck.out` that stands, or is missing, at one. */
function afterUse(tokens: readonly Token[], index: number, missing: number[]): number {
  if (!WORDS.includes(kindOf(tokens[index])) || beginsSetting(tokens, index)) {
    missing.push(index);
    return index;
  }
  if (kindOf(tokens[index + 1]) !== '.') return index + 1;
  if (WORDS.includes(kindOf(tokens[index + 2])) && isBeside(tokens, index + 2)) return index + 3;
  missing.push(index + 2);
  return index + 2;
}

const isBeside = (tokens: readonly Token[], index: number): boolean =>
  tokens[index - 1]?.endLine === tokens[index]?.startLine;

/** Whether a word where a part could stand begins the next setting. */
function beginsSetting(tokens: readonly Token[], index: number): boolean {
  const { image = '' } = tokens[index] ?? {};
  const next = kindOf(tokens[index + 1]);
  if (kindOf(tokens[index]) !== 'ID' || next === '.') return false;
  if (isSettingName(image) || SIGNS.includes(next)) return true;
  if (isBeside(tokens, index)) return false;
  return image === VARY || (WORDS.includes(next) && isBeside(tokens, index + 1));
}
