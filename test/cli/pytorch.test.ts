import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import type { Backbone } from '../../server/src/backbone/backbone.ts';
import type { BlockDefinition } from '../../server/src/backbone/block-definition.ts';
import { registerBlock } from '../../server/src/backbone/blocks.ts';
import { lower } from '../../server/src/backbone/lower.ts';
import { PYTORCH } from '../../server/src/exchange/formats/pytorch.ts';
import { cellClass } from '../../server/src/exchange/pytorch/from-cell.ts';
import { helperSources } from '../../server/src/exchange/pytorch/helpers.ts';
import { snapshotOf } from '../../server/src/features/snapshot.ts';
import { flatten } from '../../server/src/graph/graph.ts';
import { toyBlock } from '../unit/registries/toy-block.ts';
import { EXAMPLES, Folder, SMALL } from './mae.ts';
import { pythonWithTorch, runPython, sayWhatIsSkipped } from './python.ts';

sayWhatIsSkipped('building every PyTorch export and holding it to the graph');

/** Every block with every argument of it: odd sizes, one and more blocks, first blocks that change nothing. */
const LINES = [
  'conv(out: 8, k: 3, s: 2)',
  'conv(out: 8, k: 5, s: 1, groups: 4, dil: 2, act: none) x 2',
  'conv(out: 8, k: 1, s: 2, act: hardswish, bias: yes)',
  'maxpool(k: 3, s: 2)',
  'maxpool(k: 5, s: 1)',
  'maxpool(k: 1, s: 2)',
  'bottleneck(out: 16, btn: 4, k: 3, s: 2) x 3',
  'bottleneck(out: 12, btn: 4, k: 3, s: 2) x 2',
  'bottleneck(out: 12, btn: 4, k: 5, s: 1) x 2',
  'bottleneck(out: 12, btn: 4, k: 5, s: 1, project: needed) x 2',
  'bottleneck(out: 12, btn: 8, k: 3, s: 2, project: needed, shortcut: conv, groups: 4) x 2',
  'bottleneck(out: 16, btn: 8, k: 3, s: 2, strided: first, dil: 2, act: gelu) x 2',
  'bottleneck(out: 16, btn: 8, k: 3, s: 2, se: yes, act: leaky) x 2',
  'bottleneck(out: 16, btn: 8, k: 3, s: 2, squeeze: 3, act: none) x 2',
  'basic(out: 16, btn: 4, k: 3, s: 2) x 2',
  'basic(out: 12, btn: 4, k: 3, s: 2, strided: first) x 2',
  'basic(out: 12, btn: 4, k: 3, s: 2, strided: first, shortcut: conv) x 2',
  'basic(out: 16, btn: 4, k: 5, s: 2, shortcut: conv, groups: 4, dil: 3, squeeze: 5, act: silu) x 2',
  'basic(out: 12, btn: 4, k: 3, s: 1) x 2',
  'k1kx(out: 16, btn: 4, k: 3, s: 2) x 2',
  'k1kx(out: 12, btn: 4, k: 5, s: 2, shortcut: conv, groups: 2, dil: 2, se: yes, act: relu6) x 2',
  'k1kx(out: 12, btn: 4, k: 3, s: 2, act: none)',
  'inverted(out: 12, btn: 24, k: 3, s: 2) x 2',
  'inverted(out: 16, btn: 24, k: 5, s: 2, se: yes, act: silu) x 2',
  'inverted(out: 16, k: 3, s: 2) x 2',
  'inverted(out: 12, k: 3, s: 1, squeeze: 4, act: none) x 2',
  'shuffle(out: 24, k: 3, s: 2) x 3',
  'shuffle(out: 12, k: 5, s: 2, halves: yes, act: relu6) x 2',
  'shuffle(out: 12, k: 3, s: 1) x 2',
  'shuffle(out: 12, k: 3, s: 1, halves: yes)',
  'xception(out: 24, k: 3, s: 2, act: silu) x 2',
  'xception(out: 12, k: 5, s: 2, halves: yes) x 2',
  'xception(out: 12, k: 3, s: 1)',
];

const chain = (line: string): string => `backbone net {
  input 3 x 37 x 51

  stem     conv(out: 12, k: 3, s: 1)
  stage C2 ${line}
}
`;

/** Sums, a concatenation, resamplings up, down and not at all, and names that Python or PyTorch has for itself. */
const GRAPH = `backbone class {
  input 3 x 64 x 128

  stem       conv(out: 8, k: 3, s: 2)
           + conv(out: 16, k: 3, s: 2)
  node type  basic(out: 16, btn: 8, k: 3, s: 1) x 2  from stem
  node self  basic(out: 16, btn: 8, k: 3, s: 1)      from stem, type
  node for   conv(out: 32, k: 3, s: 2)               from concat(self, type)
  node b-1   bottleneck(out: 32, btn: 8, k: 3, s: 1) at /4 from for, self
  node 骨    bottleneck(out: 32, btn: 8, k: 3, s: 1) at /16 from type, b-1, for
  node train bottleneck(out: 32, btn: 8, k: 3, s: 1) at /8 from 骨, as for
  output P3: self, P4: train
}
`;

/** Blocks of a stranger, which classes are written for off their cells: nothing is known of them but what they lower to. */
const oddBlock: BlockDefinition = {
  ...toyBlock,
  name: 'oddblock',
  lower: (cell, { out, kernel }, { stride }) => {
    const x = cell.input();
    const channels = cell.channels(x);
    const cut = Math.floor(channels / 3);
    const [left, right] = [
      cell.add({ op: 'split', from: 0, to: cut }, [x]),
      cell.add({ op: 'split', from: cut, to: channels }, [x]),
    ];
    const plain = { op: 'conv', kernel, stride, groups: 1, dilation: 1 } as const;
    const a = cell.add({ ...plain, out, bias: true }, [left]);
    const b = cell.add({ ...plain, out, bias: false }, [right]);
    const normed = cell.add({ op: 'batchnorm' }, [b]);
    const both = cell.add({ op: 'sum', residual: false }, [cell.add({ op: 'activation', kind: 'gelu' }, [a]), normed]);
    const gate = cell.add({ op: 'globalpool' }, [both]);
    const scaled = cell.add({ op: 'product' }, [both, cell.conv(gate, { out, kernel: 1, act: 'sigmoid' })]);
    const pooled = cell.add({ op: 'maxpool', kernel: 3, stride: 1 }, [cell.add({ op: 'scale' }, [scaled])]);
    return cell.act(cell.add({ op: 'shuffle', parts: 2 }, [pooled]), 'relu6');
  },
};
registerBlock(toyBlock);
registerBlock(oddBlock);

const STRANGE = `backbone strange {
  input 3 x 64 x 64

  stem     conv(out: 12, k: 3, s: 2)
  stage C2 toyblock(out: 16, btn: 8, k: 3, s: 2) x 2
         + toyblock(out: 24, btn: 6, k: 5, s: 1, twice: yes) x 3
  stage C3 oddblock(out: 32, btn: 8, k: 3, s: 2) x 2
         + oddblock(out: 48, btn: 8, k: 5, s: 1) x 1
}
`;

interface Answer {
  readonly fault?: string;
  readonly params: number;
  readonly macs: number;
  readonly outputs: readonly (readonly [string, number, number, number])[];
  readonly channels: readonly number[];
  readonly small: readonly (readonly number[])[];
  readonly same: boolean;
  readonly names: readonly string[];
}

const backboneOf = (text: string): Backbone => {
  const [first] = snapshotOf(text).design.backbones;
  if (first?.backbone === undefined) throw new Error(`not a backbone: ${text}`);
  return first.backbone;
};

/** The export with the same network behind it, written off the graph node by node. */
function withWhole(backbone: Backbone, small: Backbone): { readonly text: string; readonly name: string } {
  const exported = PYTORCH.export({ backbone, detector: undefined }, { weights: 'none', seed: 0, file: 'net.py' });
  if (!exported.ok) throw new Error(exported.message);
  const text = String(exported.content);
  const { source, calls, helpers } = cellClass('Whole_', 'The graph.', [flatten(lower(small)).cell]);
  const [call] = [...calls.values()];
  const values = call?.values.join(', ') ?? '';
  const missing = helperSources(helpers).filter((helper) => !text.includes(helper));
  const [, name = ''] = /^ {4}model = (.*)\(\)\.eval\(\)$/m.exec(text) ?? [];
  return { name, text: [text, ...missing, source, `def Whole():\n    return Whole_(${values})\n`].join('\n\n') };
}

const examples = [...readdirSync(EXAMPLES), ...readdirSync(`${EXAMPLES}detectors`).map((file) => `detectors/${file}`)]
  .filter((file) => file.endsWith('.mae'))
  .map((file) => [file, readFileSync(`${EXAMPLES}${file}`, 'utf8')] as const);
/** Deeper in every line, wider, and with a line more at the end of a stage. */
const GROWN = [
  `backbone net {
  input 3 x 64 x 64

  stem     conv(out: 8, k: 3, s: 2)
  stage C2 k1kx(out: 12, btn: 8, k: 3, s: 2) x 1
         + basic(out: 16, btn: 8, k: 3, s: 1) x 2
  stage C3 inverted(out: 24, btn: 32, k: 3, s: 2) x 2
}
`,
  `backbone net {
  input 3 x 64 x 64

  stem     conv(out: 16, k: 3, s: 2)
  stage C2 k1kx(out: 24, btn: 16, k: 5, s: 2) x 3
         + basic(out: 32, btn: 16, k: 3, s: 1) x 4
         + basic(out: 48, btn: 16, k: 3, s: 1) x 1
  stage C3 inverted(out: 64, btn: 96, k: 3, s: 2) x 5
}
`,
] as const;

const seen = new Set<string>();
/** Whether no earlier text has the same network: detectors share theirs. */
function isNew({ groups, wiring }: Backbone): boolean {
  const network = JSON.stringify([groups, wiring]);
  if (seen.has(network)) return false;
  seen.add(network);
  return true;
}

const cases = [
  ['before it grew', GROWN[0]] as const,
  ['after it grew', GROWN[1]] as const,
  ...examples.filter(([, text]) => isNew(backboneOf(text))),
  ...LINES.map((line) => [line, chain(line)] as const),
  ['a graph with hostile names', GRAPH] as const,
  ['blocks that no class was written for', STRANGE] as const,
].map(([title, text]) => {
  const backbone = backboneOf(text);
  // The graph's up-sampling is by whole factors where these divide the image.
  const size = backbone.wiring !== undefined ? { height: 128, width: 128 } : { height: 57, width: 70 };
  return { title, backbone, small: { ...backbone, input: { ...backbone.input, ...size } } };
});

const folder = mkdtempSync(join(tmpdir(), 'mae-torch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(pythonWithTorch === undefined)('PyTorch builds every export as the graph has it', () => {
  let answers: readonly Answer[] = [];
  beforeAll(() => {
    const asked = cases.map(({ backbone, small }, i) => {
      const file = join(folder, `case_${i}.py`);
      const { text, name } = withWhole(backbone, small);
      writeFileSync(file, text);
      const network = lower(backbone);
      const last = network.order.at(-1);
      const end = network.outputs.findIndex(({ section }) => section === last);
      const sizes = [backbone.input, small.input].map(({ channels, height, width }) => [channels, height, width]);
      return { file, class: name, input: sizes[0], small: sizes[1], end };
    });
    answers = runPython(pythonWithTorch ?? '', 'run_exports.py', asked) as Answer[];
  }, 300_000);

  test.each(cases.map((one, i) => [one.title, one, i] as const))('%s', (_, { backbone, small }, i) => {
    const answer = answers[i];
    expect(answer?.fault).toBeUndefined();
    const { costs, network } = analyse(backbone);
    expect(answer?.params).toBe(costs.params);
    expect(answer?.macs).toBe(costs.macs);
    expect(answer?.outputs).toEqual(network.stages.map((s) => [s.name, s.channels, s.height, s.width]));
    expect(answer?.channels).toEqual(network.stages.map((s) => s.channels));
    expect(answer?.small).toEqual(lower(small).stages.map((s) => [s.channels, s.height, s.width]));
    expect(answer?.same).toBe(true);
  });

  test('a network that grows keeps the names of its weights', () => {
    const [before, after] = answers;
    expect(after?.names).toEqual(expect.arrayContaining([...(before?.names ?? [])]));
    expect(before?.names).toContain('stages.C2_2.1.conv1.conv.weight');
  });

  test('what the command writes says its shapes and parameters when it is run', async () => {
    const files = new Folder({ 'small.mae': SMALL });
    expect(await files.mae('export', 'small.mae', '--to', 'pytorch', '--out', 'small.py')).toMatchObject({ exit: 0 });
    const { stdout, stderr } = spawnSync(pythonWithTorch ?? '', [files.at('small.py')], { encoding: 'utf8' });
    const { network, costs } = analyse(backboneOf(SMALL));
    const shapes = network.stages.map((s) => `${s.name}: (${s.channels}, ${s.height}, ${s.width})`);
    expect({ stdout: stdout.trim().split(/\r?\n/), stderr }).toEqual({
      stdout: [...shapes, `${costs.params.toLocaleString('en-US')} parameters`],
      stderr: '',
    });
  });
});
