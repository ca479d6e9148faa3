// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of snippets look like this
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type CompletionItem, InsertTextFormat } from 'vscode-languageserver-types';
import { signed } from '../../../common/numbers.ts';
import { scoreOf } from '../../../server/src/analysis/score-of.ts';
import { DEFAULT_SCORING } from '../../../server/src/entropy/objectives/registry.ts';
import { completion } from '../../../server/src/features/completion.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { snapshotOf, takeSnapshot } from '../../../server/src/features/snapshot.ts';
import { type Template, templateOf } from '../../../server/src/features/templates.ts';
import { parse } from '../../../server/src/language/parse.ts';
import { at, CURSOR } from './cursor.ts';

function items(marked: string, snippets = true): CompletionItem[] {
  const { snapshot, position } = at(marked);
  return completion(snapshot, position, DEFAULT_OPTIONS, { snippets });
}
const labels = (marked: string): string[] => items(marked).map((item) => item.label);
const insertOf = (item: CompletionItem | undefined): string => item?.textEdit?.newText ?? '';
const insert = (marked: string, label: string, snippets = true): string =>
  insertOf(items(marked, snippets).find((item) => item.label === label));

const NET = `backbone net {
  input 3 x 480 x 480
  stem     conv(out: 32, k: 3, s: 2)
  stage C2 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1
  HERE
}
budget small {
  macs <= 3G
}
`;
const net = (line: string): string => NET.replace('HERE', line);

describe('lines', () => {
  test.each<[string, string, string[]]>([
    ['an empty file', '‸', ['backbone', 'detector', 'budget', 'search', 'space']],
    ['after a declaration', 'search {}\nbu‸', ['backbone', 'detector', 'budget', 'search', 'space']],
    ['an empty backbone', 'backbone a {\n  ‸\n}', ['input', 'stem', 'entropy']],
    ['after a group', net('‸'), ['+', 'stage', 'entropy', 'within']],
    [
      'behind a group without depth',
      'backbone a { input 3 x 4 x 5 stem conv() ‸',
      ['x', '+', 'node', 'stage', 'entropy'],
    ],
    [
      'a budget',
      'budget b {\n  macs <= 1G\n  ‸',
      ['thop', 'mmcv', 'tinynas', 'params', 'layers', 'memory', 'activations', 'rho', 'latency'],
    ],
    [
      'an empty search',
      'search { ‸',
      [
        'start',
        'within',
        'space',
        'evaluations',
        'population',
        'coarse-to-fine',
        'seed',
        'estimator',
        'algorithm',
        'objective',
        'minimise',
        'plateau',
        'time-limit',
        'prove',
      ],
    ],
    [
      'a search that minimises',
      'search { start a within b minimise macs ‸',
      [
        'space',
        'evaluations',
        'population',
        'coarse-to-fine',
        'seed',
        'estimator',
        'algorithm',
        'objective',
        'score',
        'plateau',
        'time-limit',
        'prove',
      ],
    ],
    [
      'settings that are left',
      'search { start a seed\n space paper ‸',
      [
        'within',
        'evaluations',
        'population',
        'coarse-to-fine',
        'estimator',
        'algorithm',
        'objective',
        'minimise',
        'plateau',
        'time-limit',
        'prove',
      ],
    ],
    [
      'a line after one that is not finished',
      'backbone a {\n  input 3 x\n  st‸',
      // A number of that line, whose place this is too, is nothing that begins with letters.
      ['stem', 'entropy'],
    ],
  ])('%s', (_, text, expected) => expect(labels(text)).toEqual(expected));

  test('the next stage comes with the block of the one before, twice its width and s: 2', () => {
    expect(insert(net('‸'), 'stage')).toBe(
      'stage C3 bottleneck(out: ${1:512}, btn: ${2:128}, k: ${3|3,5,7|}, s: 2) x ${4:1}',
    );
    expect(insert(net('stage ‸'), 'C3')).toContain('C3 bottleneck(out: ${1:512}');
    expect(insert(net('stage ‸ basic()'), 'C3')).toBe('C3');
    expect(insert(net('‸'), '+')).toBe('+ bottleneck(out: ${1:256}, btn: ${2:64}, k: ${3|3,5,7|}, s: 1) x ${4:1}');
  });

  test('a search refers to what is declared', () => {
    expect(insert(`${net('')}‸`, 'search')).toContain('start ${1:net}\n  within ${2:small}');
    expect(insert(`${net('')}‸`, 'backbone')).toContain('backbone ${1:my_backbone} {');
    expect(insert('backbone my_backbone {} ‸', 'backbone')).toContain('backbone ${1:my_backbone_2} {');
  });

  test.each([
    'backbone ‸',
    'search o‸',
    '// stage ‸',
    '/* ‸',
    'search { /* ‸ */ }',
    'backbone a { entropy C3 ‸',
    'budget b { macs ‸',
  ])('nothing at %s', (text) => expect(labels(text)).toEqual([]));
});

describe('groups', () => {
  test.each<[string, string, string[]]>([
    [
      'blocks, the usual one first',
      net('stage C3 ‸'),
      ['bottleneck', 'conv', 'basic', 'k1kx', 'inverted', 'maxpool', 'shuffle', 'xception'],
    ],
    [
      'blocks of a stem',
      'backbone a { stem ‸',
      ['conv', 'bottleneck', 'basic', 'k1kx', 'inverted', 'maxpool', 'shuffle', 'xception'],
    ],
    [
      'arguments',
      net('stage C3 basic(‸'),
      ['out', 'btn', 'k', 's', 'shortcut', 'strided', 'groups', 'dil', 'se', 'squeeze', 'act'],
    ],
    [
      'arguments that are left',
      net('stage C3 basic(out: 8, s‸, k: 3)'),
      ['btn', 's', 'shortcut', 'strided', 'groups', 'dil', 'se', 'squeeze', 'act'],
    ],
    [
      'arguments of an unknown block',
      net('stage C3 bsic(out: 8, ‸'),
      ['btn', 'k', 's', 'shortcut', 'strided', 'project', 'groups', 'dil', 'se', 'squeeze', 'act', 'bias', 'halves'],
    ],
    ['choices', net('stage C3 basic(shortcut: ‸'), ['pool', 'conv']],
    ['widths around the group before', net('stage C3 conv(out: ‸'), ['256', '320', '384', '512', '768', '1024']],
    [
      'widths on the grid of the search: 112 × 1.25 is 136 and not 144',
      'backbone a { stem conv(out: 112, k: 3, s: 2) stage C2 conv(out: ‸',
      ['112', '136', '168', '224', '336', '448'],
    ],
    ['widths of a stem', 'backbone a { stem conv(out: ‸', ['16', '24', '32', '48', '64']],
    ['bottlenecks of the output', net('stage C3 bottleneck(out: 512, btn: ‸'), ['64', '128', '192', '256']],
    ['kernels', net('stage C3 conv(k:‸'), ['1', '3', '5', '7']],
    [
      'kernels that fit the feature map',
      'backbone a { input 3 x 8 x 8 stem conv(out: 8, k: 3, s: 2) stage C2 conv(out: 8, k: ‸',
      ['1', '3'],
    ],
    ['strides that open a stage', net('stage C3 conv(s: ‸'), ['2', '1']],
    ['strides that keep it', net('+ conv(s: ‸'), ['1', '2']],
    ['depths', net('stage C3 conv() x ‸'), ['1', '2', '3', '4', '6', '8', '10']],
  ])('%s', (_, text, expected) => expect(labels(text)).toEqual(expected));

  test('insert what is needed and no more', () => {
    expect(insert(net('stage C3 ‸'), 'inverted')).toBe('inverted(out: ${1:512}, k: ${3|3,5,7|}, s: 2) x ${4:1}');
    expect(insert(net('stage C3 ‸(out: 3)'), 'inverted')).toBe('inverted');
    expect(insert(net('stage C3 basic(‸'), 'shortcut')).toBe('shortcut: ${1|pool,conv|}');
    expect(insert(net('stage C3 basic(‸: 3)'), 'k')).toBe('k');
    expect(insert(net('stage C3 basic(k:‸'), '3')).toBe(' 3');
  });

  test('replace the whole word', () => {
    const { snapshot, position } = at(net('stage C3 conv(out: 6‸4, k: 3, s: 2)'));
    const [item] = completion(snapshot, position, DEFAULT_OPTIONS, { snippets: false });
    const edits = item?.textEdit !== undefined && 'range' in item.textEdit ? [item.textEdit] : [];
    expect(TextDocument.applyEdits(snapshot.document, edits)).toContain(`conv(out: ${item?.label}, k: 3`);
  });

  test('are plain text where there is nothing to fill in, so that an editor can tell what stands there already', () => {
    const formats = (marked: string): unknown[] => items(marked).map((item) => item.insertTextFormat);
    expect(new Set(formats(net('stage C3 ‸')))).toEqual(new Set([InsertTextFormat.Snippet]));
    expect(new Set(formats(net('stage C3 conv(out: ‸')))).toEqual(new Set([InsertTextFormat.PlainText]));
    expect(new Set(formats('search { space ‸'))).toEqual(new Set([InsertTextFormat.PlainText]));
  });

  test('leave a number that is typed as it is: asked for, it stands first, and behind its unit there is none other', () => {
    const typed = items(net('stage C3 conv(out: 26‸'));
    expect(typed.filter((item) => item.preselect).map((item) => item.label)).toEqual(['26']);
    expect(typed.slice(0, 2).map((item) => item.label)).toEqual(['26', '24']);
    expect(labels('budget b { macs <= 4.4‸')).toEqual(['4.4', '4.4G']);
    expect(labels('budget b { macs <= 4.4G‸')).toEqual([]);
    expect(labels('budget b { macs <= 4‸.4G')).toEqual(['4.4G']);
  });

  test('say what a number changes, those within the budget first', () => {
    const text = `${net('stage C3 conv(out: ‸512, k: 3, s: 2)').replace('3G', '6G')}search { start net within small }`;
    const found = items(text);
    expect(found[0]).toMatchObject({ label: '256', detail: '−0.7 score, −2.12 G macs' });
    expect(found.map((item) => item.label)).toEqual(['256', '320', '384', '408', '512', '640', '768', '1024']);
    expect(found[4]?.detail).toBe('as it is');
    expect(found.at(-1)?.detail).toMatch(/^\+.* score, \+.* G macs, .* % over small macs$/);
    expect(found.filter((item) => item.preselect).map((item) => item.label)).toEqual(['512']);
  });

  test('say it in networks of thousands of layers too, as a full analysis does', () => {
    const blocks = '+ bottleneck(out: 512, btn: 128, k: 3, s: 1) x 30 '.repeat(50);
    const { snapshot, position } = at(net(`stage C3 bottleneck(out: 512, btn: 128, k: ‸3, s: 2) ${blocks}`));
    const text = snapshot.document.getText();
    const [before, after] = [text, text.replace('k: 3, s: 2) +', 'k: 5, s: 2) +')].map(
      (t) => snapshotOf(t).backbones[0]?.analysis,
    );
    if (before === undefined || after === undefined) throw new Error('no numbers');
    for (const estimator of ['fan-in', 'exact'] as const) {
      const options = { ...DEFAULT_OPTIONS, estimator };
      const scoring = { ...DEFAULT_SCORING, estimator };
      const gain = scoreOf(after, scoring) - scoreOf(before, scoring);
      const found = completion(snapshot, position, options, { snippets: true });
      expect(found.find((item) => item.label === '5')?.detail).toContain(`${signed(gain)} score`);
    }
  });

  test('while the line is broken, by its last good numbers', () => {
    const good = `${net('stage C3 conv(out: 512, k: 3, s: 2)')}search { start net within small }`;
    const { text, offset } = at(good.replace('512', CURSOR));
    const after = takeSnapshot(TextDocument.create('file:///a.mae', 'mae', 2, text), snapshotOf(good));
    const found = completion(after, after.document.positionAt(offset), DEFAULT_OPTIONS, { snippets: true });
    expect(found.find((item) => item.label === '256')?.detail).toContain('score');
  });
});

describe('names, limits and settings', () => {
  test.each<[string, string, string[]]>([
    ['backbones', `${net('')}search { start ‸`, ['net']],
    ['budgets', `${net('')}search { within sm‸`, ['small']],
    ['budgets in a backbone', net('within ‸'), ['small']],
    ['stages without a weight', net('entropy C1: 0, ‸'), ['C2']],
    ['weights', net('entropy C2: ‸'), ['1', '6', '0']],
    [
      'input',
      'backbone a { input ‸',
      ['3 x 480 x 480', '3 x 224 x 224', '3 x 320 x 320', '3 x 640 x 640', '3 x 800 x 1280'],
    ],
    ['width', 'backbone a { input 3 x 480 x ‸', ['480', '224', '320', '640', '1280']],
    [
      'limits from the present cost',
      NET.replace('HERE', '').replace('3G', '‸'),
      ['1.06G', '842M', '527M', '1.32G', '1.58G', '2.11G'],
    ],
    ['limits without a backbone', 'budget b { layers <= ‸', ['91']],
    ['words', 'search { estimator ‸', ['fan-in', 'exact']],
    ['numbers', 'search { coarse-to-fine ‸', ['50%', '0%']],
    [
      'costs to minimise',
      'search { minimise ‸',
      ['macs', 'thop', 'mmcv', 'tinynas', 'params', 'layers', 'memory', 'activations', 'rho'],
    ],
    ['a score with its sign', `${net('entropy C2: 10')}search { minimise macs\n score ‸`, ['>= 141.8']],
    ['a score behind its sign', `${net('entropy C2: 10')}search { minimise macs\n score >= ‸`, ['141.8']],
    [
      'a score by the search’s own estimator',
      `${net('entropy C2: 10')}search { estimator exact\n score >= ‸`,
      ['141.7'],
    ],
    ['a score by the search’s own objective', `${net('')}search { objective deepmad\n score >= ‸`, ['154.3']],
    ['a score that is measured', `${net('')}search { objective zen-measured\n score >= ‸`, ['2000']],
    [
      'the setting after a score',
      `${net('')}search { minimise macs score >= 3 ‸`,
      [
        'start',
        'within',
        'space',
        'evaluations',
        'population',
        'coarse-to-fine',
        'seed',
        'estimator',
        'algorithm',
        'objective',
        'plateau',
        'time-limit',
        'prove',
      ],
    ],
    ['times', 'search { time-limit ‸', ['30s', '5min', '500ms']],
    ['nothing for a setting that is unknown', 'search { colour ‸', []],
  ])('%s', (_, text, expected) => expect(labels(text)).toEqual(expected));

  test('a limit begins with the present cost, rounded up', () => {
    expect(insert(NET.replace('HERE', '').replace('macs <= 3G', '‸'), 'macs')).toBe('macs <= ${1:1.06G}');
    expect(insert(NET.replace('HERE', '').replace('macs', '‸'), 'layers')).toBe('layers');
    expect(insert('budget b {‸', 'memory')).toBe('memory <= ${1:2GB}');
  });

  test('a score to hold comes with its sign, and none that is there already', () => {
    expect(insert('search { minimise macs ‸', 'score')).toBe('score >= ${1:2000}');
    expect(insert('search { minimise macs ‸ >= 3 }', 'score')).toBe('score');
    expect(insert('search { ‸', 'minimise')).toBe(
      'minimise ${1|macs,thop,mmcv,tinynas,params,layers,memory,activations,rho|}',
    );
    expect(insert('search { minimise macs score >=‸', '2000')).toBe(' 2000');
  });
});

test('a search begins in the spaces of the file, or where trained networks vouch for the score', () => {
  expect(insert('‸', 'search')).toContain('  space ${3|sound,tinynas,paper|}\n');
  expect(insert('space mine { like paper }\n‸', 'search')).toContain('space ${3|mine,sound,tinynas,paper|}\n');
});

describe('templates', () => {
  const search = 'search {\n  start my_net\n  within small\n}\n';
  const TEMPLATES: readonly Template[] = [
    templateOf(
      'tiny',
      snapshotOf(`// A small task, to begin with.\n// More.\n${NET.replace('  HERE\n', '')}${search}`),
    ),
    templateOf(
      'resnet18',
      snapshotOf('// ResNet-18 (He et al., 2016): basic blocks\nbackbone resnet18 { input 3 x 4 x 5 }\n'),
    ),
    templateOf('resnet50', snapshotOf('// ResNet-50, for $0 {}.\nbackbone resnet50 { input 3 x 4 x 5 }\n')),
  ];
  const offered = (marked: string, snippets = true): CompletionItem[] => {
    const { snapshot, position } = at(marked);
    return completion(snapshot, position, DEFAULT_OPTIONS, { snippets, templates: TEMPLATES });
  };
  const names = (marked: string): string[] => offered(marked).map((item) => item.label);

  test('an empty file can begin as one of them, found by its name as by that in the paper', () => {
    expect(names('‸')).toEqual(['backbone', 'detector', 'budget', 'search', 'space', 'tiny', 'resnet18', 'resnet50']);
    expect(names('// Mine.\nresnet‸')).toEqual(names('‸'));
    const [, , , , , tiny, resnet] = offered('‸');
    expect([tiny?.detail, resnet?.detail]).toEqual([
      'A small task, to begin with',
      'ResNet-18 (He et al., 2016): basic blocks',
    ]);
    expect(resnet?.filterText).toBe('resnet18 ResNet-18');
  });

  test.each([true, false])('the text is inserted as it is, by editors with snippets (%s) and without', (snippets) => {
    for (const template of TEMPLATES) {
      const item = offered('‸', snippets).find(({ label }) => label === template.name);
      expect(insertOf(item)).toBe(template.text);
      expect(item?.insertTextFormat).toBe(InsertTextFormat.PlainText);
    }
  });

  test('beside what is declared only those with other names are offered, and none inside of it', () => {
    expect(names('backbone resnet18 { } ‸')).toEqual([
      'backbone',
      'detector',
      'budget',
      'search',
      'space',
      'tiny',
      'resnet50',
    ]);
    expect(names('budget small { } ‸')).toEqual([
      'backbone',
      'detector',
      'budget',
      'search',
      'space',
      'resnet18',
      'resnet50',
    ]);
    expect(names('backbone a { ‸ }')).not.toContain('resnet18');
  });
});

describe('what is inserted can be read', () => {
  test.each<[string, string]>([
    ['declarations', '‸'],
    ['statements', net('‸')],
    ['statements of an empty backbone', 'backbone a {\n ‸\n}'],
    ['blocks', net('stage C3 ‸')],
    ['arguments', net('stage C3 basic(out: 8, ‸)')],
    ['values', net('stage C3 basic(out:‸)')],
    ['stages', net('stage ‸')],
    ['weights', net('entropy C1: 1, ‸')],
    ['limits', 'budget b { ‸ }'],
    ['settings', 'backbone my_backbone {} budget my_budget {} search { ‸ }'],
    ['settings of a search that minimises', `${net('')}search { minimise macs ‸ }`],
    ['a score', `${net('')}search { minimise macs score ‸ }`],
    ['a cost to minimise', 'search { minimise ‸ }'],
    ['input', 'backbone a { input ‸ }'],
  ])('%s', (_, text) => {
    const { snapshot, position } = at(text);
    for (const item of completion(snapshot, position, DEFAULT_OPTIONS, { snippets: false })) {
      const edits = item.textEdit !== undefined && 'range' in item.textEdit ? [item.textEdit] : [];
      const result = TextDocument.applyEdits(snapshot.document, edits);
      if (item.label !== 'x')
        expect([item.label, parse(result).problems.map((p) => p.message)]).toEqual([item.label, []]);
      expect(result).not.toContain('$');
    }
  });
});
