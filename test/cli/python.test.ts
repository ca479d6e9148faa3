import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MMDET } from '../../server/src/exchange/formats/mmdet.ts';
import { PYTORCH } from '../../server/src/exchange/formats/pytorch.ts';
import { snapshotOf } from '../../server/src/features/snapshot.ts';
import { EXAMPLES } from './mae.ts';
import { pythonAtAll } from './torch.ts';

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

const COMPILE =
  'import json, sys\nfor name, text in json.load(sys.stdin):\n    compile(text, name, "exec")\nprint("read")';

test.skipIf(pythonAtAll === undefined)('Python reads every export of the examples', () => {
  const all = files();
  expect(all.length).toBeGreaterThan(70);
  const { stdout, stderr } = spawnSync(pythonAtAll ?? '', ['-W', 'error', '-c', COMPILE], {
    input: JSON.stringify(all),
    encoding: 'utf8',
  });
  expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: 'read', stderr: '' });
});
