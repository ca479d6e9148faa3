/** Networks of a kit: half of them calibrate a profile, and the others say how good it is. The first is the reference. */
export const KIT_NETWORKS: readonly { readonly text: string; readonly calibrates: boolean }[] = [
  network('basic_small', true, 224, [
    'stem     conv(out: 32, k: 3, s: 2)',
    'stage C2 basic(out: 48, btn: 48, k: 3, s: 2) x 1',
    'stage C3 basic(out: 96, btn: 96, k: 3, s: 2) x 2',
    'stage C4 basic(out: 160, btn: 160, k: 3, s: 2) x 2',
  ]),
  network('bottleneck_small', true, 256, [
    'stem     conv(out: 32, k: 3, s: 2)',
    'stage C2 bottleneck(out: 96, btn: 32, k: 3, s: 2) x 2',
    'stage C3 bottleneck(out: 192, btn: 64, k: 3, s: 2) x 2',
    'stage C4 bottleneck(out: 384, btn: 96, k: 5, s: 2) x 2',
    'stage C5 bottleneck(out: 512, btn: 96, k: 3, s: 2) x 1',
  ]),
  network('inverted_small', true, 224, [
    'stem     conv(out: 16, k: 3, s: 2)',
    'stage C2 inverted(out: 24, btn: 64, k: 3, s: 2) x 2',
    'stage C3 inverted(out: 40, btn: 120, k: 5, s: 2) x 2',
    'stage C4 inverted(out: 80, btn: 240, k: 3, s: 2) x 3',
    'stage C5 inverted(out: 160, btn: 480, k: 5, s: 2) x 2',
  ]),
  network('wide', true, 320, [
    'stem     conv(out: 24, k: 3, s: 2)',
    'stage C2 bottleneck(out: 128, btn: 40, k: 3, s: 2) x 2',
    'stage C3 bottleneck(out: 256, btn: 72, k: 3, s: 2) x 3',
    'stage C4 basic(out: 256, btn: 128, k: 3, s: 2) x 2',
  ]),
  network('k1kx_small', false, 256, [
    'stem     conv(out: 24, k: 3, s: 2)',
    'stage C2 k1kx(out: 64, btn: 32, k: 3, s: 2) x 2',
    'stage C3 k1kx(out: 128, btn: 64, k: 3, s: 2) x 2',
    'stage C4 k1kx(out: 192, btn: 96, k: 5, s: 2) x 2',
  ]),
  network('basic_large', false, 320, [
    'stem     conv(out: 40, k: 3, s: 2)',
    'stage C2 basic(out: 64, btn: 56, k: 3, s: 2) x 2',
    'stage C3 basic(out: 112, btn: 104, k: 3, s: 2) x 2',
    'stage C4 basic(out: 192, btn: 168, k: 3, s: 2) x 1',
  ]),
  network('bottleneck_deep', false, 288, [
    'stem     conv(out: 24, k: 3, s: 2)',
    'stage C2 bottleneck(out: 64, btn: 24, k: 5, s: 2) x 3',
    'stage C3 bottleneck(out: 160, btn: 48, k: 3, s: 2) x 4',
    'stage C4 bottleneck(out: 320, btn: 80, k: 3, s: 2) x 3',
  ]),
  network('inverted_large', false, 256, [
    'stem     conv(out: 24, k: 3, s: 2)',
    'stage C2 inverted(out: 32, btn: 96, k: 3, s: 2) x 2',
    'stage C3 inverted(out: 48, btn: 192, k: 3, s: 2) x 3',
    'stage C4 inverted(out: 96, btn: 384, k: 5, s: 2) x 3',
  ]),
];

function network(name: string, calibrates: boolean, side: number, lines: readonly string[]) {
  return { text: `backbone ${name} {\n  input 3 x ${side} x ${side}\n  ${lines.join('\n  ')}\n}\n`, calibrates };
}
