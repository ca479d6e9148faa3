import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { model } from '../unit/exchange/onnx/encode.ts';
import { Folder } from './mae.ts';

const golden = (file: string): Buffer => readFileSync(new URL(`../fixtures/onnx/${file}`, import.meta.url));

const RESNET18 = `// Left out is what stands behind its last feature map: GlobalAveragePool, Flatten, Gemm.
backbone m {
  input 3 x 224 x 224

  stem     conv(out: 64, k: 7, s: 2)
  stage C2 maxpool(k: 3, s: 2)
         + basic(out: 64,  btn: 64,  k: 3, s: 1, shortcut: conv, strided: first) x 2
  stage C3 basic(out: 128, btn: 128, k: 3, s: 2, shortcut: conv, strided: first) x 2
  stage C4 basic(out: 256, btn: 256, k: 3, s: 2, shortcut: conv, strided: first) x 2
  stage C5 basic(out: 512, btn: 512, k: 3, s: 2, shortcut: conv, strided: first) x 2
}
`;

describe('mae inspect', () => {
  test('prints JSON with every field of its contract', async () => {
    const folder = new Folder({ 'm.onnx': golden('resnet18.unfolded.onnx') });
    const { exit, stdout, stderr } = await folder.mae('inspect', 'm.onnx', '--json');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      file: 'm.onnx',
      producer: 'pytorch',
      opset: 16,
      inputs: [{ name: 'input', shape: [1, 3, 224, 224] }],
      macs: { conv: 1_813_561_344, linear: 512_000, other: 3_261_440 },
      params: { conv: 11_166_912, total: 11_689_512 },
      convolutions: 20,
      operators: {
        BatchNormalization: 20,
        Conv: 20,
        Relu: 17,
        Add: 8,
        MaxPool: 1,
        GlobalAveragePool: 1,
        Flatten: 1,
        Gemm: 1,
      },
      stages: [
        { channels: 64, height: 112, width: 112, macs: 118_013_952, params: 9_536 },
        { channels: 64, height: 56, width: 56, macs: 462_422_016, params: 147_968 },
        { channels: 128, height: 28, width: 28, macs: 411_041_792, params: 525_568 },
        { channels: 256, height: 14, width: 14, macs: 411_041_792, params: 2_099_712 },
        { channels: 512, height: 7, width: 7, macs: 411_041_792, params: 8_393_728 },
      ],
      unknown: [],
      backbone: { exact: true, mae: RESNET18, differences: [] },
    });
  });

  test('a model that is no backbone of our blocks has none, and the text says why', async () => {
    const nodes = [{ op: 'Conv', in: ['x', 'w'], out: ['y'], attributes: { strides: [4, 4] } }];
    const content = model({ nodes, initialisers: [{ name: 'w', dims: [8, 3, 4, 4], external: true }] });
    const folder = new Folder({ 'm.onnx': content });
    const { exit, stdout } = await folder.mae('inspect', 'm.onnx', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ convolutions: 1, backbone: null });
    expect((await folder.mae('inspect', 'm.onnx')).stdout).toContain(
      "  as .mae not recognised: a convolution 3 → 8 channels, 4×4, stride 4 at 'y' is part of no block here\n",
    );
  });

  test('prints tables for people', async () => {
    const folder = new Folder({ 'm.onnx': golden('mobilenet_v2.folded.onnx') });
    const { exit, stdout, stderr } = await folder.mae('inspect', 'm.onnx');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toMatch(/^m\.onnx, input input 1 × 3 × 224 × 224\n/);
    expect(stdout).toContain('macs    299.5 M convolution, 1.28 M linear, 279.1 k other');
    expect(stdout).toContain('as .mae exact, 14 groups of conv, inverted\n');
    expect(stdout).toMatch(/^ +96 × 14 × 14 +[\d.]+ M +[\d.]+ k$/m);
    expect(stdout).toMatch(/^ {2}Constant +70$/m);
    const costliest = stdout.split('Costliest layers\n')[1]?.split('\n\n')[0]?.split('\n') ?? [];
    expect(costliest).toHaveLength(11);
    expect(stdout).not.toContain('Not counted');
  });

  test('open axes take the usual size and say so, or the one that is given', async () => {
    const folder = new Folder({ 'm.onnx': golden('resnet18.dynamic.onnx') });
    const usual = await folder.mae('inspect', 'm.onnx', '--json');
    expect(usual.stderr).toBe(
      'm.onnx: note: the file leaves the height and width of its image open; counted at 224x224: --size HxW says another.\n',
    );
    expect(JSON.parse(usual.stdout)).toMatchObject({ macs: { conv: 1_813_561_344 } });
    const sized = await folder.mae('inspect', 'm.onnx', '--json', '--size', '448x224');
    expect(sized.stderr).toBe('');
    expect(JSON.parse(sized.stdout)).toMatchObject({
      inputs: [{ shape: [1, 3, 448, 224] }],
      macs: { conv: 2 * 1_813_561_344 },
      stages: [{ height: 224, width: 112 }, {}, {}, {}, { height: 14, width: 7 }],
    });
  });

  test('what could not be counted is named, on standard error too', async () => {
    const nodes = [{ op: 'Odd\u001b[31m', in: ['x'], out: ['y'], domain: 'com.example' }];
    const folder = new Folder({ 'm.onnx': model({ nodes }) });
    const { exit, stdout, stderr } = await folder.mae('inspect', 'm.onnx');
    expect(exit).toBe(0);
    expect(stderr).toBe('m.onnx: note: 1 of its nodes could not be counted, and are missing in every sum.\n');
    expect(stdout).toMatch(/Odd�\[31m +1 +operators of the domain com\.example are not known here/);
    expect(stdout).not.toContain('\u001b');
  });

  test('a version that is not known is counted, with a note', async () => {
    const nodes = [{ op: 'Relu', in: ['x'], out: ['y'] }];
    const folder = new Folder({ 'm.onnx': model({ nodes, opset: 8, ir: 11 }) });
    const { exit, stderr } = await folder.mae('inspect', 'm.onnx');
    expect(exit).toBe(0);
    expect(stderr).toBe(
      'm.onnx: note: it is of IR 11 and operator set 8; known here are IR 3 to 10 and operator sets 9 to 21: operators may mean something else.\n',
    );
  });

  test.each([
    [
      'a text',
      'text.txt',
      1,
      /^text\.txt: error\[onnx\]: This is no ONNX model, or it is damaged: .* \(byte \d+\)\.\n$/,
    ],
    [
      'a model that is cut',
      'cut.onnx',
      1,
      /^cut\.onnx: error\[onnx\]: .* bytes long, and \d+ are left \(byte \d+\)\.\n$/,
    ],
    ['an empty file', 'empty.onnx', 1, /there is no graph in it \(byte 0\)/],
    ['no file', 'none.onnx', 1, /^none\.onnx:1:1: error\[file\]: There is no such file: check the path\.\n$/],
    ['a folder', '.', 1, /This is a folder: name a file in it\./],
  ])('%s ends with 1', async (_, file, code, message) => {
    const folder = new Folder({
      'text.txt': 'backbone small {\n}\n',
      'cut.onnx': new Uint8Array(golden('resnet18.folded.onnx').subarray(0, 5000)),
      'empty.onnx': '',
    });
    const { exit, stdout, stderr } = await folder.mae('inspect', file);
    expect({ exit, stdout }).toEqual({ exit: code, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('mistakes of usage end with 2', async () => {
    const folder = new Folder({ 'm.onnx': golden('resnet18.folded.onnx') });
    expect((await folder.mae('inspect')).exit).toBe(2);
    const { exit, stderr } = await folder.mae('inspect', 'm.onnx', '--size', '224');
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^error: option --size: /);
  });
});
