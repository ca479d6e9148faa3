import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Editor } from './harness/editor.ts';
import { useVSCode } from './harness/session.ts';
import type { VSCode } from './harness/vscode.ts';

/**
 * A person types whole files, with VS Code as it comes out of the box and our completions opening on their own: what
 * stands in the file afterwards is what was typed. Lists open a moment after a key, so how fast somebody types decides
 * what Enter meets; pausing is here what is tested, and not a way to wait for anything.
 */
const RESNET18 = `// ResNet-18 (He et al., 2016)
backbone resnet18 {
  input 3 x 224 x 224

  stem conv(out: 64, k: 7, s: 2)
  stage C2 maxpool(k: 3, s: 2)
  + basic(out: 64, btn: 64, k: 3, s: 1, shortcut: conv, strided: first) x 2
  stage C3 basic(out: 128, btn: 128, k: 3, s: 2, shortcut: conv, strided: first) x 2
  stage C4 basic(out: 256, btn: 256, k: 3, s: 2, shortcut: conv, strided: first) x 2
  stage C5 basic(out: 512, btn: 512, k: 3, s: 2, shortcut: conv, strided: first) x 2
}`;

const MOBILENET = `backbone mobilenetv2 {
  input 3 x 224 x 224
  stem conv(out: 32, k: 3, s: 2)
  + inverted(out: 16, k: 3, s: 1)
  stage C2 inverted(out: 24, btn: 96, k: 3, s: 2) x 1
  + inverted(out: 24, btn: 144, k: 3, s: 1) x 1
  stage C3 inverted(out: 32, btn: 144, k: 3, s: 2) x 3
  stage C4 inverted(out: 64, btn: 192, k: 3, s: 2) x 4
  + inverted(out: 96, btn: 576, k: 3, s: 1, se: yes) x 3
  stage C5 inverted(out: 160, btn: 576, k: 3, s: 2) x 3
  + inverted(out: 320, btn: 960, k: 3, s: 1) x 1
  + conv(out: 1280, k: 1, s: 1)
}`;

/** Each of its lines ends where something else could be meant: in the middle of a number, a name or a word that we know. */
const SEARCH = `backbone r {
  input 3 x 224 x 224
  stem conv(out: 16, k: 3, s: 2)
  stage C2 k1kx(out: 32, btn: 16, k: 3, s: 2) x 1
  entropy C2: 1
}

budget small {
  tinynas <= 18.8G
  macs <= 4G, params <= 2
  memory <= 2GiB
  layers <= 9
}

search {
  start r
  within small
  space tinynas
  evaluations 9600
  population 25
  coarse-to-fine 5%
  objective multi-scale
  time-limit 5min
  seed 0
}`;

/** Short enough to pause at every single key: the ends of lines that Enter once took for something else. */
const SLOW = `backbone r {
  input 3 x 224 x 224
  stem conv(out: 8, k: 3, s: 2)${' '}
}
search {
  start r
  population 256
}`;

const PAUSE = 350;
/** Typing the same key by key at two sizes of the window takes minutes in which nothing else can happen. */
const LONG = 180_000;

interface Way {
  readonly name: string;
  readonly text: string;
  /** Whether to pause behind this key, with the one that comes next. */
  readonly pauses: (next: string | undefined) => boolean;
}

const WAYS: readonly Way[] = [
  ...Object.entries({ 'a ResNet-18': RESNET18, 'a MobileNetV2': MOBILENET, 'a budget and a search': SEARCH }).flatMap(
    ([name, text]): Way[] => [
      { name: `${name} without a pause`, text, pauses: () => false },
      // Everywhere would take 16 minutes; a list matters where Enter or the end comes next.
      { name: `${name} with pauses at the end of lines`, text, pauses: (next) => next === undefined || next === '\n' },
    ],
  ),
  { name: 'a backbone and a search with a pause at every key', text: SLOW, pauses: () => true },
];

/** The keys for a text: VS Code indents a line as the one before it, and has closed a brace before it is reached. */
const keysOf = (text: string): string[] =>
  text
    .replace(/^ +/gm, '')
    .split(/(\n\}|.|\n)/u)
    .filter((key) => key !== '');

async function typeAll(code: VSCode, editor: Editor, { text, pauses }: Way): Promise<void> {
  await editor.focus();
  const keys = keysOf(text);
  for (const [index, key] of keys.entries()) {
    // VS Code closes a brace and indents behind it only where it has read the lines above, which it does when it is idle.
    if (key === '{') await code.page.evaluate('new Promise((done) => requestIdleCallback(done))');
    // Nobody is faster than the line is drawn.
    if (key === '\n') await code.page.evaluate('new Promise((done) => requestAnimationFrame(done))');
    // Over the brace that stands there already.
    if (key === '\n}') for (const move of ['ArrowDown', 'End']) await code.page.keyboard.press(move);
    else await code.page.keyboard.type(key);
    if (pauses(keys[index + 1]?.[0])) await pause(PAUSE);
  }
}

describe.each([1400, 800])('in a window of %d pixels', (width) => {
  const files = WAYS.map(({ text }, index) => ({ name: `typed-${index}.mae`, text }));
  const code = useVSCode({
    workspace: Object.fromEntries([...files.map(({ name }) => [name, '']), ['known.mae', SEARCH]]),
    open: 'known.mae',
    window: { width, height: 900 },
  });

  // Nothing is proposed before the server runs.
  beforeAll(() =>
    code()
      .editor('known.mae')
      .lens(/Run search/),
  );

  test.each(WAYS.map((way, index) => [way.name, way, files[index]?.name ?? ''] as const))(
    '%s',
    async (_, way, file) => {
      const editor = await code().openFile(file);
      await typeAll(code(), editor, way);
      await editor.save();
      await code().screenshot(`typed-${width}-${file}`);
      expect(editor.onDisk()).toBe(way.text);
    },
    LONG,
  );
});
