import type { Token } from './cursor-context.ts';
import type { PartRole } from './part-words.ts';

/** The neck or head that is being typed. */
export interface PartCursor {
  readonly role: PartRole;
  /** Its place among the necks or the heads of the detector. */
  readonly index: number;
  readonly part: string | undefined;
  /** What is written before the cursor, value by name. */
  readonly given: ReadonlyMap<string, string>;
}

/** Where a word of a detector is typed. Inside: between the words of an argument, where only a sign can follow. */
export type DetectorPlace =
  | { readonly kind: 'detector-line' | 'classes' }
  | { readonly kind: 'part' | 'part-argument' | 'part-inside'; readonly cursor: PartCursor }
  /** Behind the two dots of a range `lower` is written. */
  | {
      readonly kind: 'part-value';
      readonly cursor: PartCursor;
      readonly argument: string;
      readonly lower: string | undefined;
    };

type State = 'part' | 'named' | 'argument' | 'colon' | 'value' | 'range' | 'upper' | 'comma' | 'closed';

/** Where each token leads from each state; a token that fits nowhere changes nothing. */
const NEXT: Readonly<Record<State, Readonly<Record<string, State>>>> = {
  part: { word: 'named' },
  named: { '(': 'argument' },
  argument: { word: 'colon', ')': 'closed' },
  colon: { ':': 'value', '=': 'value', ',': 'argument', ')': 'closed' },
  value: { word: 'range', ',': 'argument', ')': 'closed' },
  range: { '..': 'upper', ',': 'argument', ')': 'closed' },
  upper: { word: 'comma', ',': 'argument', ')': 'closed' },
  comma: { ',': 'argument', ')': 'closed' },
  closed: {},
};

const SIGNS = ['(', ')', ',', ':', '=', '..', 'x', '{', '}', '<=', '>='];

/** The place behind the words of a detector; what its lines share with those of others is for who asks. */
export function detectorPlace(body: readonly Token[]): DetectorPlace | 'backbone' | 'within' | 'input' {
  const at = body.findLastIndex((t) => t.begins === 'statement');
  const word = body[at]?.text;
  const tail = body.slice(at + 1).map((t) => t.text);
  const role = roleOf(word);
  if (role !== undefined) return partPlace(role, body.filter((t) => isLine(t, role)).length - 1, tail);
  if (word === 'input') return 'input';
  if (tail.some((text) => text !== ':' && text !== '=')) return { kind: 'detector-line' };
  switch (word) {
    case 'backbone':
    case 'within':
      return word;
    case 'classes':
      return { kind: 'classes' };
    default:
      return { kind: 'detector-line' };
  }
}

const isLine = ({ text, begins }: Token, word: string): boolean => begins === 'statement' && text === word;

const roleOf = (word: string | undefined): PartRole | undefined =>
  word === 'neck' || word === 'head' ? word : undefined;

function partPlace(role: PartRole, index: number, words: readonly string[]): DetectorPlace {
  let state: State = 'part';
  let part: string | undefined;
  let argument = '';
  const given = new Map<string, string>();
  for (const word of words) {
    const next: State | undefined = NEXT[state][SIGNS.includes(word) ? word : 'word'];
    if (next === undefined) continue;
    if (state === 'part') part = word;
    if (state === 'argument' && next === 'colon') {
      argument = word;
      given.set(word, '');
    }
    if (state === 'value' && next === 'range') given.set(argument, word);
    if (state === 'upper' && next === 'comma') given.set(argument, `${given.get(argument)}..${word}`);
    state = next;
  }
  const cursor = { role, index, part, given };
  switch (state) {
    case 'part':
      return { kind: 'part', cursor };
    case 'argument':
      return { kind: 'part-argument', cursor };
    case 'value':
      return { kind: 'part-value', cursor, argument, lower: undefined };
    case 'upper':
      return { kind: 'part-value', cursor, argument, lower: given.get(argument) };
    case 'colon':
    case 'range':
    case 'comma':
      return { kind: 'part-inside', cursor };
    // A part is whole without its parentheses.
    default:
      return { kind: 'detector-line' };
  }
}
