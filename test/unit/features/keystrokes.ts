import fc from 'fast-check';

/** One change of a text. */
export type TextChange = (text: string) => string;

const LINES = [
  '  stage C3 bottleneck(out: 512,  btn: 72,  k: 5, s: 2) x 10\n',
  '         + basic(out: 512, btn: 72, k: 5, s: 1)\n',
  '  stem conv(out: 8, k: 3, s: 2)\n',
  '  node e bottleneck(out: 512, btn: 72, k: 5, s: 2) x 10 at /8 from a, as b\n',
  '  node d conv(out: 8, k: 3, s: 1) from concat(b, c)\n',
  '  output C3: c, C4: d\n',
  '  neck fpn(from: C3..C5, out: 256)\n',
  '  head gfl(width: 256) ',
  '  classes 20\n',
  'detector d {\n  backbone maedet_m\n',
  'detector e { backbone two_ways  neck none  head gfl() }\n',
  'budget b { macs <= 1G }\n',
  'search { start a within b }\n',
  '// a comment\n',
  '/* a\n comment */',
  '}\n',
];
const KEYS = [
  '1',
  ' ',
  '\n',
  '{',
  '}',
  '(',
  ')',
  ',',
  ':',
  '+',
  'x',
  '/',
  '/8',
  'from',
  ' at ',
  'node',
  ' neck ',
  'head',
  'classes',
  'detector',
  'backbone ',
  '..',
  '/*',
  '*/',
  '//',
  '<=',
  'a',
  '-',
  'é',
  '\r\n',
  '\0',
  '"',
];

/** A place in a text: anywhere, or where a token begins. */
const place = fc
  .double({ min: 0, max: 1, noNaN: true })
  .map((share) => (text: string) => Math.floor(share * text.length));

const splice = (text: string, at: number, cut: number, insert: string): string =>
  text.slice(0, at) + insert + text.slice(at + cut);

/** What fingers do: type and delete characters, cut and paste lines, and now and then something rash. */
export const textChange: fc.Arbitrary<TextChange> = fc.oneof(
  fc.tuple(place, fc.constantFrom(...KEYS)).map(
    ([at, key]): TextChange =>
      (text) =>
        splice(text, at(text), 0, key),
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 3 })).map(
    ([at, cut]): TextChange =>
      (text) =>
        splice(text, at(text), cut, ''),
  ),
  fc.tuple(place, fc.constantFrom('', ...LINES)).map(
    ([at, line]): TextChange =>
      (text) => {
        const start = text.lastIndexOf('\n', at(text)) + 1;
        const end = text.indexOf('\n', start) + 1;
        return splice(text, start, line === '' ? Math.max(0, end - start) : 0, line);
      },
  ),
  fc.tuple(place, fc.nat({ max: 300 }), fc.constantFrom(...LINES)).map(
    ([at, cut, line]): TextChange =>
      (text) =>
        splice(text, at(text), cut, line),
  ),
);

/** A few changes, each often taken back. */
export const typed: fc.Arbitrary<readonly TextChange[]> = fc
  .array(fc.tuple(textChange, fc.boolean()), { minLength: 1, maxLength: 8 })
  .map((changes) =>
    changes.flatMap(([change, undone]): TextChange[] => {
      let before = '';
      const remember: TextChange = (text) => {
        before = text;
        return change(text);
      };
      return undone ? [remember, () => before] : [change];
    }),
  );
