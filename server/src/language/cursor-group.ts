/** The group of blocks that is being typed. */
export interface GroupCursor {
  readonly head: 'stem' | 'stage' | 'node' | '+';
  /** Its place among the groups of the backbone. */
  readonly index: number;
  readonly block: string | undefined;
  /** What is written before the cursor, value by name. */
  readonly given: ReadonlyMap<string, string>;
}

/** Inside: between the words of an argument, where only a sign can follow. */
export type GroupPlace =
  | { readonly kind: 'block' | 'argument' | 'inside' | 'depth'; readonly group: GroupCursor }
  | { readonly kind: 'value'; readonly group: GroupCursor; readonly argument: string }
  | { readonly kind: 'statement'; readonly after: 'group' | 'depth' }
  | { readonly kind: 'none' };

type State = 'block' | 'open' | 'argument' | 'colon' | 'value' | 'comma' | 'closed' | 'depth' | 'done';

/** Where each token leads from each state; a token that fits nowhere changes nothing. */
const NEXT: Readonly<Record<State, Readonly<Record<string, State>>>> = {
  block: { word: 'open' },
  open: { '(': 'argument', x: 'depth' },
  argument: { word: 'colon', ')': 'closed' },
  colon: { ':': 'value', ',': 'argument', ')': 'closed' },
  value: { word: 'comma', ',': 'argument', ')': 'closed' },
  comma: { ',': 'argument', ')': 'closed' },
  closed: { x: 'depth' },
  depth: { word: 'done' },
  done: {},
};

const SIGNS = ['(', ')', ',', ':', 'x', '<=', '{', '}'];

/** The place behind the words of a stem, stage or node line. */
export function groupPlace(first: 'stem' | 'stage' | 'node', index: number, words: readonly string[]): GroupPlace {
  let head: GroupCursor['head'] = first;
  let state: State = 'block';
  let block: string | undefined;
  let argument = '';
  let given = new Map<string, string>();
  for (const word of words) {
    if (word === '+') {
      head = '+';
      block = undefined;
      given = new Map();
      state = 'block';
      continue;
    }
    const next: State | undefined = NEXT[state][SIGNS.includes(word) ? word : 'word'];
    if (next === undefined) continue;
    if (state === 'block') block = word;
    if (state === 'argument' && next === 'colon') {
      argument = word;
      given.set(word, '');
    }
    if (state === 'value' && next === 'comma') given.set(argument, word);
    state = next;
  }
  const group = { head, index, block, given };
  switch (state) {
    case 'block':
    case 'argument':
    case 'depth':
      return { kind: state, group };
    case 'value':
      return { kind: 'value', group, argument };
    case 'colon':
    case 'comma':
      return { kind: 'inside', group };
    case 'closed':
      return { kind: 'statement', after: 'group' };
    case 'done':
      return { kind: 'statement', after: 'depth' };
    default:
      return { kind: 'none' };
  }
}
