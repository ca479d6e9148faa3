import fc from 'fast-check';

/** The sample of the language: two backbones, a budget and a search, laid out canonically. */
export const SAMPLE = `// MAE-DET-M as published. Comments: // and /* */.
backbone maedet_m {
  input 3 x 800 x 1280                        // channels x height x width
  entropy C3: 1, C4: 1, C5: 6                 // α of the multi-scale score; this is the default

  stem     conv(out: 64, k: 3, s: 2)
  stage C2 bottleneck(out: 120,  btn: 64,  k: 3, s: 2) x 2
  stage C3 bottleneck(out: 512,  btn: 72,  k: 5, s: 2) x 10
  stage C4 bottleneck(out: 1632, btn: 112, k: 5, s: 2) x 10
  stage C5 bottleneck(out: 2048, btn: 184, k: 5, s: 2) x 8
}

backbone r50_start {                          // a small network to search from
  input 3 x 480 x 480
  stem     conv(out: 32, k: 3, s: 2)
  stage C2 bottleneck(out: 256,  btn: 64,  k: 3, s: 2) x 1
  stage C3 bottleneck(out: 512,  btn: 128, k: 3, s: 2) x 1
  stage C4 bottleneck(out: 768,  btn: 256, k: 3, s: 2) x 1
         + bottleneck(out: 1024, btn: 256, k: 3, s: 1) x 1    // a stage may hold several groups
  stage C5 bottleneck(out: 2048, btn: 512, k: 3, s: 2) x 1
}

budget r50 {
  tinynas <= 18.8G                            // or macs, thop, mmcv: the convention is part of the budget
  layers  <= 91
  // params <= 26M,  memory <= 2GB,  latency <= 20ms on v100
}

search {
  start r50_start
  within r50
  space tinynas                               // preset of moves and constraints; or paper
  evaluations 96000
  population 256
  coarse-to-fine 50%
  seed 0
}
`;

/** The sample of a graph. */
export const GRAPH = `backbone two_ways {                           // a graph: nodes name what they read
  input 3 x 256 x 256

  stem   conv(out: 64, k: 7, s: 2)
  node a bottleneck(out: 256, btn: 64,  k: 3, s: 2) x 1  from stem
  node b bottleneck(out: 512, btn: 128, k: 3, s: 2) x 1  from a
  node c basic(out: 256, btn: 256, k: 3, s: 1) x 1       at /8 from a, b    // at 1/8 of the input
  node d conv(out: 128, k: 1, s: 1)                      from concat(b, c)
  output C3: c, C4: d                         // what entropy weighs, necks read and pictures name
  entropy C3: 1, C4: 6
}
`;

/** Samples of detectors, on those backbones. */
export const DETECTOR = `${SAMPLE}
detector gfl_m {
  backbone maedet_m
  input 3 x 800 x 1280                        // instead of the backbone's own
  classes 80
  neck fpn(from: C3..C5, out: 256, levels: 5, extra: on-output)              // or on-input, pool
  head gfl(width: 256, convs: 4, regmax: 16, quality: yes)
}

detector yolof { backbone r50_start  neck dilated(from: C5, out: 512, mid: 128, blocks: 4)  head yolof(anchors: 5) }
`;

const PIECES = [
  '{',
  '}',
  '(',
  ')',
  ',',
  ':',
  '+',
  'x',
  '<=',
  ' ',
  '\n',
  '\r\n',
  '//',
  '/*',
  '*/',
  '\u0000',
  '\uFEFF',
  'é',
  '9',
];
const WORDS = [
  'backbone',
  'budget',
  'search',
  'stage C3',
  'stem',
  'input',
  'within r50',
  'start',
  'bottleneck(',
  'node d',
  'from a, ',
  ' at /8',
  'as',
  'concat(',
  'output',
  'k: 4',
  '-1',
  'detector',
  'neck fpn(',
  'head',
  'classes',
  'from: C3..',
];

/** The sample after a few random cuts and insertions: what a document looks like while a person types. */
export const editedSample: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(SAMPLE, SAMPLE, GRAPH, DETECTOR),
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.oneof(fc.constant(0), fc.nat({ max: 40 }), fc.nat({ max: 600 })),
        insert: fc.oneof(fc.constantFrom(...PIECES, ...WORDS), fc.string({ maxLength: 6 })),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([sample, edits]) =>
    edits.reduce<string>((text, { at, cut, insert }) => {
      const start = Math.floor(at * text.length);
      return text.slice(0, start) + insert + text.slice(start + cut);
    }, sample),
  );

/** A broken text and a place in it. */
export const editedSampleWithOffset: fc.Arbitrary<{ readonly text: string; readonly offset: number }> = fc
  .tuple(editedSample, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([text, at]) => ({ text, offset: Math.floor(at * text.length) }));
