import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { WEIGHTS } from '../../server/src/exchange/export-format.ts';
import { ONNX } from '../../server/src/exchange/formats/onnx.ts';
import { readDesign } from '../../server/src/language/design.ts';
import { EXAMPLES, Folder } from './mae.ts';
import { pythonWithOnnx, runPython } from './python.ts';

if (pythonWithOnnx === undefined)
  process.stderr.write("Skipped: ONNX's checker. It is not installed (Debian: apt-get install python3-onnx).\n");

const FILES = readdirSync(EXAMPLES).filter((file) => file.endsWith('.mae'));

const WITH_WEIGHTS: readonly string[] = ['mobilenetv2.mae', 'regnetx_400mf.mae', 'shufflenetv2.mae'];

test.skipIf(pythonWithOnnx === undefined)(
  'every example as a model passes the checker of ONNX',
  () => {
    const folder = new Folder();
    const paths = FILES.flatMap((example) => {
      const { backbone } = readDesign(readFileSync(EXAMPLES + example, 'utf8')).backbones[0] ?? {};
      if (backbone === undefined) return [];
      // Weights are large, and alike in all models.
      const kinds = WITH_WEIGHTS.includes(example) ? WEIGHTS : (['none'] as const);
      return kinds.map((weights) => {
        const path = folder.at(`${basename(example, '.mae')}.${weights}.onnx`);
        const exported = ONNX.export({ backbone, detector: undefined }, { weights, seed: 0, file: basename(path) });
        if (!exported.ok || typeof exported.content === 'string') throw new Error(example);
        writeFileSync(path, Buffer.concat([...exported.content]));
        // The checker wants the file of weights that need not exist: one that takes no room, of the least size.
        if (weights === 'none') {
          writeFileSync(`${path}.data`, '');
          truncateSync(`${path}.data`, 4 * ((analyse(backbone).costs['params'] ?? 0) + 1e6));
        }
        return path;
      });
    });
    expect(paths.length).toBeGreaterThan(20);
    const said = runPython(pythonWithOnnx ?? '', 'check_onnx.py', paths);
    expect(said).toEqual(paths.map(() => ''));
  },
  300_000,
);
