import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { model } from '../unit/exchange/onnx/encode.ts';
import { Folder } from './mae.ts';

const golden = (file: string): Buffer => readFileSync(new URL(`../fixtures/onnx/${file}`, import.meta.url));

describe('mae import of a model', () => {
  test('writes its backbone, which is scored as any other', async () => {
    const folder = new Folder({ 'my net.ONNX': golden('resnet50.unfolded.onnx') });
    expect(await folder.mae('import', 'my net.ONNX', '--out', 'r50.mae')).toEqual({
      exit: 0,
      stdout: '',
      stderr: 'r50.mae: 1 backbone imported\n',
    });
    expect(folder.read('r50.mae')).toMatch(
      /^\/\/ From my net\.ONNX, an ONNX model, exact: .*\n\/\/ Left out is .*\nbackbone my_net \{\n {2}input 3 x 224 x 224\n/,
    );
    expect(await folder.mae('fmt', '--check', 'r50.mae')).toMatchObject({ exit: 0 });
    const { stdout } = await folder.mae('score', 'r50.mae', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ backbones: [{ macs: 4_087_136_256, params: { conv: 23_454_912 } }] });
  });

  test('a file is a model by its first byte too, and open axes take the size that is given', async () => {
    const folder = new Folder({ model: golden('resnet18.dynamic.onnx') });
    const usual = await folder.mae('import', 'model');
    expect(usual.exit).toBe(0);
    expect(usual.stderr).toContain('counted at 224x224');
    const sized = await folder.mae('import', 'model', '--size', '320x640');
    expect(sized).toMatchObject({ exit: 0, stderr: '' });
    expect(sized.stdout).toContain('\n  input 3 x 320 x 640\n');
  });

  test('what differs stands over the text', async () => {
    const folder = new Folder({ 'm.onnx': golden('densenet121.folded.onnx') });
    const { exit, stdout } = await folder.mae('import', 'm.onnx');
    expect(exit).toBe(0);
    expect(stdout).toMatch(
      /^\/\/ From m\.onnx, an ONNX model, not exact: it differs as below, in 3 points\.\n(\/\/.*\n)+backbone m \{/,
    );
    expect(stdout).toContain('// c3_1 maxpool(k: 3, s: 2): it is an average-pooling 2×2 there\n');
  });

  test.each([
    [
      'a model that is no backbone',
      { 'm.onnx': model({ nodes: [{ op: 'Relu', in: ['x'], out: ['y'] }] }) },
      'm.onnx: error[onnx]: No backbone is recognised in this model: no layer of it reads an image.\n',
    ],
    ['a text that is called a model', { 'm.onnx': '[]' }, 'error[onnx]: This is no ONNX model, or it is damaged'],
    ['no file', {}, 'm.onnx:1:1: error[file]: There is no such file: check the path.\n'],
  ])('%s ends with 1, and nothing is written', async (_, files, message) => {
    const folder = new Folder(files);
    const { exit, stdout, stderr } = await folder.mae('import', 'm.onnx', '--out', 'x.mae');
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(() => folder.read('x.mae')).toThrow();
  });

  test('a structure takes the size that is given', async () => {
    const block = "[{'class': 'ConvKXBNRELU', 'in': 3, 'out': 8, 'k': 3, 's': 2}]";
    const { stdout } = await new Folder({ 's.txt': block }).mae('import', 's.txt', '--size', '320x640');
    expect(stdout).toContain('// From s.txt, a TinyNAS structure. It carries no input size.\nbackbone s {');
    expect(stdout).toContain('\n  input 3 x 320 x 640\n');
  });
});
