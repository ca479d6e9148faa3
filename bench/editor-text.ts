/** Files to type in, and the keystrokes. */

export interface Shape {
  readonly title: string;
  readonly backbones: number;
  readonly groups: number;
  /** Whether each backbone stands in two detectors, one of them at another size. */
  readonly inDetectors?: true;
}

export const COLLECTION: Shape = { title: '20 backbones of 10 groups', backbones: 20, groups: 10 };

/** 200 groups, as a collection of designs and as one that is far deeper than any that was published. */
export const SHAPES: readonly Shape[] = [
  COLLECTION,
  { title: 'one backbone of 200 groups', backbones: 1, groups: 200 },
  { title: 'the same in two detectors', backbones: 1, groups: 200, inDetectors: true },
];

/** A file without a problem: backbones, comments, a budget for each and a search. */
export function fileOf({ backbones, groups, inDetectors }: Shape): string {
  const numbers = Array.from({ length: backbones }, (_, i) => i);
  const designs = numbers.map((n) => backboneText(`net_${n}`, groups));
  const budgets = numbers.map((n) => `budget b_${n} {\n  tinynas <= 900G\n  layers  <= 9000\n}\n`);
  const detectors = inDetectors === true ? numbers.flatMap(detectorTexts) : [];
  return `${[...designs, ...detectors, ...budgets].join('\n')}\nsearch {\n  start net_0\n  within b_0\n  evaluations 96000\n}\n`;
}

const detectorTexts = (n: number): string[] => [
  `detector gfl_${n} {\n  backbone net_${n}\n  neck fpn()\n  head gfl()\n}\n`,
  `detector mask_${n} {\n  backbone net_${n}\n  input 3 x 800 x 1280\n  neck fpn(from: C2..C5, extra: pool)\n  head rpn()\n  head box()\n  head mask()\n}\n`,
];

function backboneText(name: string, groups: number): string {
  const lines = [
    `backbone ${name} {                      // a design`,
    '  input 3 x 480 x 480',
    `  within ${name.replace('net', 'b')}`,
  ];
  lines.push('  stem     conv(out: 32, k: 3, s: 2)');
  const perStage = Math.floor((groups - 1) / 4);
  for (let group = 1; group < groups; group++) {
    const stage = Math.min(5, 2 + Math.floor((group - 1) / perStage));
    const opens = (group - 1) % perStage === 0 && group <= 1 + 3 * perStage;
    const head = opens ? `  stage C${stage}` : '         +';
    const comment = group % 3 === 0 ? '    // as deep as it gets' : '';
    lines.push(`${head} bottleneck(out: ${128 * stage}, btn: ${32 * stage}, k: 3, s: ${opens ? 2 : 1}) x 2${comment}`);
  }
  return `${lines.join('\n')}\n}\n`;
}

/** One keystroke: a replacement in the text as it is then. */
export interface Keystroke {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Key after key what typing is: numbers changed digit by digit, comments, groups written and removed again. */
export function* typing(text: string): Generator<Keystroke> {
  let turn = 0;
  for (const { index, value } of numbersOf(text, /(?<=(?:out|btn): )\d+/g)) {
    yield* retype(index, value);
    turn += 1;
    if (turn % 4 !== 1) continue;
    // A group is written on a line of its own, and thought better of.
    const line = text.indexOf('\n', index);
    const added = '\n         + bottleneck(out: 640, btn: 160, k: 5, s: 1) x 3 // tried';
    yield* type(line, added);
    yield* erase(line, line + added.length);
  }
}

/** Numbers of any text changed digit by digit, without end. */
export function* retyping(text: string, numbers: RegExp): Generator<Keystroke> {
  for (const { index, value } of numbersOf(text, numbers)) yield* retype(index, value);
}

/** The numbers of a text over and over, far from one another. */
function* numbersOf(text: string, numbers: RegExp): Generator<{ readonly index: number; readonly value: string }> {
  const all = [...text.matchAll(numbers)].map((found) => ({ index: found.index, value: found[0] }));
  for (let turn = 0; ; turn++) {
    const found = all[(turn * 67) % all.length];
    if (found === undefined) return;
    yield found;
  }
}

/** A number is retyped: broken for a moment, then another one, then as it was. */
function* retype(index: number, value: string): Generator<Keystroke> {
  const other = String(Number(value) + 8);
  yield* erase(index, index + value.length);
  yield* type(index, other);
  yield* erase(index, index + other.length);
  yield* type(index, value);
}

function* type(at: number, inserted: string): Generator<Keystroke> {
  for (const [i, key] of [...inserted].entries()) yield { start: at + i, end: at + i, text: key };
}

function* erase(from: number, to: number): Generator<Keystroke> {
  for (let end = to; end > from; end--) yield { start: end - 1, end, text: '' };
}
