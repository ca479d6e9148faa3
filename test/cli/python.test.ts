import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MMDET } from '../../server/src/exchange/formats/mmdet.ts';
import { PYTORCH } from '../../server/src/exchange/formats/pytorch.ts';
import { snapshotOf } from '../../server/src/features/snapshot.ts';
import { EXAMPLES } from './mae.ts';
import { pythonAtAll } from './python.ts';

if (pythonAtAll === undefined) process.stderr.write('Skipped: reading exports as Python. There is no Python.\n');

const OPTIONS = { weights: 'none', seed: 0, file: 'config.py' } as const;

/** Every file that the examples become, by what it is of. */
function files(): (readonly [string, string])[] {
  return ['', 'detectors/'].flatMap((folder) =>
    readdirSync(EXAMPLES + folder)
      .filter((file) => file.endsWith('.mae'))
      .flatMap((file) => {
        const { backbones, detectors } = snapshotOf(readFileSync(EXAMPLES + folder + file, 'utf8')).design;
        const designs = [
          ...backbones.flatMap(({ backbone }) => (backbone === undefined ? [] : [{ backbone, detector: undefined }])),
          ...detectors.flatMap(({ detector }) =>
            detector === undefined ? [] : [{ backbone: detector.backbone, detector }],
          ),
        ];
        return designs.flatMap((design) =>
          [PYTORCH, MMDET].flatMap((format) => {
            const exported = format.export(design, OPTIONS);
            const written = exported.ok ? [exported, ...(exported.beside ?? [])] : [];
            return written.map(({ content }) => [`${file} as ${format.name}`, String(content)] as const);
          }),
        );
      }),
  );
}

/** Names that the language lets through, of a backbone and of a node. */
const NAMES = [
  'class',
  'none',
  'import',
  'réseau',
  '骨干',
  'ﬁne',
  '_',
  '_1',
  'a-b',
  'a௰',
  '𐐀',
  '२',
  'torch',
  'nn',
  'print',
];

const named = (name: string): string => `backbone ${name} {
  input 3 x 64 x 64

  stem conv(out: 8, k: 3, s: 2)
  node ${name} basic(out: 16, btn: 8, k: 3, s: 2) x 2 from stem
  node last conv(out: 16, k: 3, s: 2) from ${name}
  output P3: last
}
`;

function hostile(): (readonly [string, string])[] {
  return NAMES.flatMap((name) => {
    const { backbone } = snapshotOf(named(name)).design.backbones[0] ?? {};
    if (backbone === undefined) return [];
    return [PYTORCH, MMDET].flatMap((format) => {
      const exported = format.export({ backbone, detector: undefined }, OPTIONS);
      return exported.ok ? [[name, String(exported.content)] as const] : [];
    });
  });
}

const COMPILE =
  'import json, sys\nfor name, text in json.load(sys.stdin):\n    compile(text, name, "exec")\nprint("read")';

test.skipIf(pythonAtAll === undefined)(
  'Python reads every export of the examples, and of whatever names the language lets through',
  () => {
    const all = [...files(), ...hostile()];
    expect(all.length).toBeGreaterThan(100);
    expect(new Set(hostile().map(([name]) => name)).size).toBeGreaterThan(NAMES.length - 3);
    const { stdout, stderr } = spawnSync(pythonAtAll ?? '', ['-W', 'error', '-c', COMPILE], {
      input: JSON.stringify(all),
      encoding: 'utf8',
    });
    expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: 'read', stderr: '' });
  },
);
