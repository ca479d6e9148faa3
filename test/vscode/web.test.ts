import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { useVSCode } from './harness/session.ts';
import { Webview } from './harness/webview.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const TEXT = `backbone small {
  input 3 x 256 x 256
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C4 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1
  stage C5 bottleneck(out: 512, btn: 96, k: 3, s: 2) x 1
}
budget laptop { macs <= 400M  layers <= 40 }
search { start small  within laptop  evaluations 20000  seed 5 }
`;

/** What the command line makes of the text, on Node. */
function byNode<T>(args: (file: string) => readonly string[], read: (file: string, output: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mae-web-'));
  try {
    const file = path.join(folder, 'small.mae');
    fs.writeFileSync(file, TEXT);
    const output = execFileSync(process.execPath, [CLI, ...args(file)], { encoding: 'utf8', stdio: 'pipe' });
    return read(file, output);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const searchedByNode = (): string =>
  byNode(
    (file) => ['search', file, '--in-place'],
    (file) => fs.readFileSync(file, 'utf8'),
  );

const STAGE = z.object({
  name: z.string(),
  logStd: z.object({ mean: z.number(), sd: z.number() }),
  predicted: z.object({ mean: z.number() }),
});
const MEASURED = z.object({ backbones: z.array(z.object({ stages: z.array(STAGE) })) });

/** log σ at the end of the last stage, over the draws. */
function measuredByNode(): { readonly mean: number; readonly sd: number; readonly predicted: number } {
  const last = byNode(
    (file) => ['measure', file, '--json', '--backend', 'wasm', '--no-zen'],
    (_, output) => MEASURED.parse(JSON.parse(output)).backbones[0]?.stages.at(-1),
  );
  if (last === undefined) throw new Error('Nothing was measured.');
  return { mean: last.logStd.mean, sd: last.logStd.sd, predicted: last.predicted.mean };
}

describe("in VS Code's host for browsers, without Node", () => {
  const code = useVSCode({
    workspace: { 'small.mae': TEXT },
    open: 'small.mae',
    settings: { 'extensions.webWorker': true, 'remote.extensionKind': { 'mae-det.mae-det': ['web'] } },
  });

  test('numbers stand at the lines, and the server is a worker of the browser', async () => {
    const editor = code().editor('small.mae');
    await editor.hint(/H /, 4);
    await editor.lens(/Run search/);
    await code().output('MAE-DET', /MAE-DET language server, a browser/);
    await code().closePanel();
    await code().screenshot('web-host');
  });

  test('a quick fix widens a stage', async () => {
    const editor = code().editor('small.mae');
    await editor.goTo('out: 64');
    await editor.pickFix(/Widen C2 output/);
    expect(await editor.waitForText(/C2 bottleneck\(out: (?!64,)/)).not.toBe(TEXT);
    await editor.undo();
    await editor.waitForText('out: 64');
  });

  test('entropy is measured by a worker, with the numbers of Node', async () => {
    const editor = code().editor('small.mae');
    await editor.pressLens('Measure entropy');
    await editor.lens(/measured C5 H \d+\.\d ± \d+\.\d, .* \(wasm, 4 draws\)/);
    const hover = await editor.hover('stage C5');
    const [, mean = '', sd = '', predicted = ''] = /C5\s+([\d.]+) ± ([\d.]+)\s+([\d.]+)/.exec(hover) ?? [];
    const node = measuredByNode();
    expect(Number(sd)).toBeCloseTo(node.sd, 2);
    // The table has the entropy of the map, the command the logarithm of its standard deviation: the same but for a constant.
    expect(Number(mean) - Number(predicted)).toBeCloseTo(node.mean - node.predicted, 1);
    expect(hover).toContain('the CPU, by the browser (wasm), 4 draws, relu, seed 0');
    await code().screenshot('web-measured');
  });

  test('what needs the files of the machine is not offered', async () => {
    expect(await code().paletteTitles('MAE-DET Export')).not.toContain('MAE-DET: Export Design');
  });

  test('a search writes back what Node finds', async () => {
    const editor = code().editor('small.mae');
    await code().palette('Run MAE-DET Search');
    await code().notification(/^small: score 260\.6 → /);
    expect(await editor.text()).toBe(searchedByNode());
  });

  test('the dashboard shows it', async () => {
    await code().palette('Show Search Dashboard');
    const view = new Webview(code(), 'dashboard');
    await view.waitFor('.status', /^Done\. small: .*; proven best in this space/);
    expect(await view.accessibility()).toEqual([]);
    await code().screenshot('web-dashboard');
  });
});
