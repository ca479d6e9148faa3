import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Debian's, which has its own PyTorch; another python3 may come first on the path. */
const PYTHONS = ['/usr/bin/python3', 'python3'];

/** The first Python that runs a line, if there is one. */
export const pythonFor = (line: string): string | undefined =>
  PYTHONS.find((python) => spawnSync(python, ['-c', line], { timeout: 60_000 }).status === 0);

export const pythonWithTorch = pythonFor('import torch');
export const pythonWithOnnx = pythonFor('import onnx');
export const pythonAtAll = pythonFor('');

/** Says what is left out, so that nobody takes a skipped test for one that passed. */
export function sayWhatIsSkipped(what: string): void {
  if (pythonWithTorch === undefined)
    process.stderr.write(`Skipped: ${what}. PyTorch is not installed (Debian: apt-get install python3-torch).\n`);
}

/** Runs a script beside the tests: one JSON in, one out. */
export function runPython(python: string, script: string, input: unknown): unknown {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { stdout, stderr, status } = spawnSync(python, [file], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
