import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_CLASSES, type Detector } from '../../../server/src/detector/detector.ts';
import { lowerDetector } from '../../../server/src/detector/lower.ts';
import { allParts, partNamed, partOf } from '../../../server/src/detector/parts.ts';
import { type Design, readDesign } from '../../../server/src/language/design.ts';
import { networkOf } from '../../../server/src/language/detector-model.ts';
import { format, formatEdits } from '../../../server/src/language/format.ts';
import { maeServices, parse } from '../../../server/src/language/parse.ts';
import { printDetector } from '../../../server/src/language/print-detector.ts';
import { reparse } from '../../../server/src/language/reparse.ts';
import {
  backboneOf,
  budgetsFor,
  budgetsForDetector,
  detectorsOf,
  searchesFor,
  searchesForDetector,
  startedDetector,
  startOf,
} from '../../../server/src/language/resolve.ts';
import { typed } from '../features/keystrokes.ts';
import { treeText } from '../support/tree.ts';
import { DETECTORS, FILE, PYRAMID, RESNET, SEARCHED } from './detector-texts.ts';

const named = (design: Design, name: string) => {
  const found = design.detectors.find((detector) => detector.name === name);
  if (found === undefined) throw new Error(`no detector ${name}`);
  return found;
};

const modelOf = (text: string): Detector | undefined => readDesign(text).detectors[0]?.detector;

describe('detectors that are read', () => {
  const design = readDesign(FILE);

  test('without a problem', () => expect(design.problems).toEqual([]));

  test.each([
    ['gfl_m', 'maedet_m', 80, 'fpn', ['gfl']],
    ['fcos_r50', 'resnet50', 20, 'fpn', ['fcos']],
    ['retina', 'resnet50', 80, 'fpn', ['retina']],
    ['yolof', 'resnet50', 80, 'dilated', ['yolof']],
    ['mask', 'resnet50', 80, 'fpn', ['rpn', 'box', 'mask']],
    ['scnet', 'resnet50', 80, 'fpn', ['rpn', 'box', 'mask']],
  ])('%s', (name, backbone, classes, neck, heads) => {
    const { detector } = named(design, name);
    expect(detector?.backbone.name).toBe(backbone);
    expect(detector?.classes).toBe(classes);
    expect(detector?.neck?.kind).toBe(neck);
    expect(detector?.heads.map(({ kind }) => kind)).toEqual(heads);
    expect(detector && lowerDetector(detector, networkOf(detector.backbone))).toBeDefined();
  });

  test('with every argument, written or at its default', () => {
    const { detector } = named(design, 'scnet');
    expect(detector?.neck).toEqual({
      kind: 'fpn',
      values: { out: 256, levels: 5, extra: 'pool' },
      from: { first: 'C2', last: 'C5' },
    });
    expect(detector?.heads[1]?.values).toEqual({
      rois: 1000,
      convs: 0,
      fcs: 2,
      width: 1024,
      stages: 3,
      agnostic: 'yes',
    });
  });

  test.each(allParts().map((part) => [part.name, part]))('%s by its example, and by its name alone', (name, part) => {
    const head = part.role === 'neck' ? (name === 'dilated' ? 'head yolof()' : 'head rpn()') : '';
    const width =
      name === 'none' ? RESNET.replaceAll(/out: \d+/g, 'out: 256').replaceAll(/btn: \d+/g, 'btn: 64') : RESNET;
    const neck = part.role === 'head' ? `neck ${name === 'yolof' ? 'dilated' : 'fpn'}()` : '';
    for (const line of [part.example, `${part.role} ${name}()`, `${part.role} ${name}`]) {
      const read = readDesign(`${width}detector d { ${neck}  ${line}  ${head} }`);
      expect(read.problems, line).toEqual([]);
      expect(read.detectors[0]?.detector, line).toBeDefined();
    }
  });

  test('at an input of their own, on the backbone as it is otherwise', () => {
    const text = `${RESNET}detector d { input 3 x 640 x 640  neck fpn()  head gfl() }\ndetector e { neck fpn()  head gfl() }`;
    const { backbones, detectors } = readDesign(text);
    expect(detectors[0]?.detector?.backbone.input).toEqual({ channels: 3, height: 640, width: 640 });
    expect(detectors[0]?.detector?.backbone.groups).toBe(backbones[0]?.backbone?.groups);
    expect(detectors[1]?.detector?.backbone).toBe(backbones[0]?.backbone);
    expect(detectors[1]?.detector?.classes).toBe(DEFAULT_CLASSES);
  });

  test('outputs of a graph by their names, and by their resolution where nothing is written', () => {
    expect(modelOf(`${PYRAMID}detector d { neck fpn(from: fine..coarse)  head gfl() }`)?.neck?.from).toEqual({
      first: 'fine',
      last: 'coarse',
    });
    expect(modelOf(`${PYRAMID}detector d { neck fpn()  head gfl() }`)).toBeDefined();
  });
});

describe('names', () => {
  const text = `${FILE}\nsearch other { start maedet_m  minimise params }`;
  const design = readDesign(text);
  const gfl = named(design, 'gfl_m');
  const [resnet, maedet] = design.backbones;
  const [search, other] = design.searches;

  test('a search may start from a detector, whose backbone it changes', () => {
    if (search === undefined || other === undefined || maedet === undefined) throw new Error('two searches');
    expect(startedDetector(search, design)).toBe(gfl);
    expect(startOf(search, design)).toBe(maedet);
    expect(startedDetector(other, design)).toBeUndefined();
    expect(searchesFor(maedet, design)).toEqual([other]);
    expect(searchesForDetector(gfl, design)).toEqual([search]);
    expect(budgetsForDetector(gfl, design).map(({ name }) => name)).toEqual(['phone']);
    expect(backboneOf(gfl, design)).toBe(maedet);
  });

  test('the detectors of a backbone', () => {
    if (resnet === undefined || maedet === undefined) throw new Error('two backbones');
    expect(detectorsOf(maedet, design)).toEqual([gfl]);
    expect(detectorsOf(resnet, design).map(({ name }) => name)).toEqual([
      'fcos_r50',
      'retina',
      'yolof',
      'mask',
      'scnet',
    ]);
  });

  test.each([
    ['its search', `detector d { neck fpn()  head gfl() }\nsearch { start d within b }`],
    ['itself', `detector d { within b  neck fpn()  head gfl() }`],
  ])('the only budget is the detector’s where it is named by %s', (_, more) => {
    const only = readDesign(`${RESNET}budget b { macs <= 1T }\n${more}`);
    expect(only.problems).toEqual([]);
    const [backbone] = only.backbones;
    const [detector] = only.detectors;
    expect(backbone && budgetsFor(backbone, only)).toEqual([]);
    expect(detector && budgetsForDetector(detector, only).map(({ name }) => name)).toEqual(['b']);
  });

  test('the words of detectors are names anywhere else', () => {
    const words = ['detector', 'neck', 'head', 'classes', 'levels', 'extra'];
    for (const word of words) {
      const texts = [
        `${RESNET.replace('resnet50', word)}budget ${word} { macs <= 1T }\nspace ${word} { like tinynas  keep C2 }\nsearch ${word} { start ${word}  within ${word}  space ${word} }`,
        PYRAMID.replaceAll(/\bd\b/g, word).replaceAll('fine', `${word}_2`),
        `${PYRAMID.replaceAll(/\bd\b/g, word)}budget b { macs <= 1T }\nspace s { keep ${word}\n C4 { out ..512 }\n ${word} { out ..512 } }\nsearch { space s }`,
        `${RESNET.replace('resnet50', word)}detector ${word}_d { backbone ${word}  within ${word}  neck fpn()  head gfl() }\nbudget ${word} { macs <= 1T }`,
      ];
      for (const one of texts) {
        const { problems } = readDesign(one);
        expect(
          problems.filter(({ severity }) => severity === 'error'),
          one,
        ).toEqual([]);
      }
    }
  });
});

describe('the layout', () => {
  test('of the samples stays', () => expect(formatEdits(parse(FILE))).toEqual([]));

  test.each<[string, string, string]>([
    [
      'one line stays one',
      'detector a{backbone b input 3x4x5 classes 80 neck fpn( from:C3 .. C5,out:256)head gfl}',
      'detector a { backbone b  input 3 x 4 x 5  classes 80  neck fpn(from: C3..C5, out: 256)  head gfl }\n',
    ],
    [
      'lines of their own',
      'detector a {backbone b within c\nneck none head gfl ( ) }',
      'detector a {\n  backbone b\n  within c\n  neck none\n  head gfl()\n}\n',
    ],
    [
      'arguments that somebody put on another line stand under the first',
      'detector a {\nneck fpn(from: C3..C5,\nout: 256)\nhead gfl(width: 3,\n convs: 4)\n}',
      'detector a {\n  neck fpn(from: C3..C5,\n           out: 256)\n  head gfl(width: 3,\n           convs: 4)\n}\n',
    ],
    [
      'detectors of one line may stand close',
      'detector a {head gfl}\ndetector b {head gfl}\n\n\ndetector c {}detector d {\nhead gfl}',
      'detector a { head gfl }\ndetector b { head gfl }\n\ndetector c {}\n\ndetector d {\n  head gfl\n}\n',
    ],
    ['comments', 'detector a { // b\n// c\nhead gfl /* d */ }', 'detector a { // b\n  // c\n  head gfl /* d */\n}\n'],
  ])('%s', (_, text, expected) => {
    expect(format(text)).toBe(expected);
    expect(format(expected)).toBe(expected);
  });
});

describe('a printed detector', () => {
  const parts = allParts();
  const valuesOf = (name: string) =>
    fc.record(
      Object.fromEntries(
        (partNamed(name)?.arguments ?? []).flatMap((argument) =>
          argument.type === 'levels'
            ? []
            : [
                [
                  argument.name,
                  argument.type === 'number'
                    ? fc.constantFrom(...argument.usual.filter((n) => n >= argument.rule.min))
                    : fc.constantFrom(...Object.keys(argument.values)),
                ],
              ],
        ),
      ),
    );

  test('reads as what it is', () => {
    const backbone = readDesign(RESNET).backbones[0]?.backbone;
    if (backbone === undefined) throw new Error('a backbone');
    const arbitrary = fc
      .constantFrom(...parts)
      .chain((part) =>
        fc.record({ part: fc.constant(part), values: valuesOf(part.name), classes: fc.integer({ min: 1, max: 300 }) }),
      );
    fc.assert(
      fc.property(arbitrary, fc.boolean(), ({ part, values, classes }, small) => {
        const definition = partNamed('rpn');
        if (definition === undefined) throw new Error('no rpn');
        const own = partOf(part, values);
        const at = small ? { ...backbone, input: { channels: 3, height: 320, width: 640 } } : backbone;
        const detector: Detector = {
          name: 'd',
          backbone: at,
          classes,
          neck: part.role === 'neck' ? own : undefined,
          heads: [part.role === 'head' ? own : partOf(definition)],
        };
        const text = printDetector(detector, backbone);
        expect(format(text)).toBe(text);
        const [source] = readDesign(`${RESNET}${text}`).detectors;
        expect(source?.complete).toBe(true);
        expect(source?.classes).toBe(classes);
        expect(source?.input ?? backbone.input).toEqual(at.input);
        expect(source?.neck?.part).toEqual(detector.neck);
        expect(source?.heads.map((head) => head.part)).toEqual(detector.heads);
      }),
    );
  });

  test('leaves out what is at its default', () => {
    const texts = readDesign(FILE).detectors.map(({ detector }) => detector && printDetector(detector));
    expect(texts[0]).toBe('detector gfl_m {\n  backbone maedet_m\n  neck fpn()\n  head gfl()\n}\n');
    expect(texts[5]).toBe(
      'detector scnet {\n  backbone resnet50\n  neck fpn(from: C2..C5, extra: pool)\n  head rpn()\n  head box(stages: 3, agnostic: yes)\n  head mask(convs: 12, times: 3)\n}\n',
    );
  });
});

describe('while somebody types', () => {
  const isQuick = (before: string, after: string): boolean =>
    reparse(parse(before), after, maeServices()) !== undefined;

  test.each([
    ['a digit', 'regmax: 16', 'regmax: 162'],
    ['a missing end', 'C3..C5, out', 'C3.., out'],
    ['another head', '  head gfl(width', '  head fcos()\n  head gfl(width'],
    ['a line that is being written', '  classes 80\n', '  classes\n'],
    ['a neck that is being written', '  neck fpn(from: C3', '  neck \n  neck fpn(from: C3'],
    ['a word', 'detector fcos_r50 { backbone', 'detector fcos_r50 { within phone backbone'],
  ])('%s is read alone', (_, from, to) => {
    const after = FILE.replace(from, to);
    expect(after).not.toBe(FILE);
    expect(isQuick(FILE, after)).toBe(true);
    expect(treeText(parse(after, parse(FILE)))).toBe(treeText(parse(after)));
  });

  test('a text read from the one before is that of a fresh one, whatever is typed', () => {
    fc.assert(
      fc.property(fc.constantFrom(FILE, `${RESNET}${DETECTORS}`, `${DETECTORS}${SEARCHED}`), typed, (start, edits) => {
        let design = readDesign(start);
        for (const edit of edits) {
          const text = edit(design.parsed.text);
          design = readDesign(text, design);
          const fresh = readDesign(text);
          expect(design.problems).toEqual(fresh.problems);
          expect(treeText(design.parsed)).toBe(treeText(fresh.parsed));
          expect(design.detectors.map((d) => d.detector)).toEqual(fresh.detectors.map((d) => d.detector));
          const once = format(text);
          expect(format(once)).toBe(once);
        }
      }),
      { numRuns: 120 },
    );
  });

  test('a detector that says what it said is the very object', () => {
    const before = readDesign(FILE);
    const after = readDesign(`// a comment\n${FILE.replace('classes 20', 'classes 21')}`, before);
    const same = after.detectors.map(({ detector }, index) => detector === before.detectors[index]?.detector);
    expect(same).toEqual([true, false, true, true, true, true]);
  });
});
