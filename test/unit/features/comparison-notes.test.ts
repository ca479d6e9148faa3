import { describe, expect, test } from 'vitest';
import { comparedDesigns } from '../../../server/src/features/comparison.ts';
import { comparisonNotes } from '../../../server/src/features/comparison-notes.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';

interface Fields {
  readonly side?: number;
  readonly c4?: number;
  readonly se?: boolean;
}

const net = (name: string, { side = 128, c4 = 128, se = false }: Fields = {}): string => `backbone ${name} {
  input 3 x ${side} x ${side}
  entropy C4: 1
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64, btn: 16, k: 3, s: 2) x 2
  stage C3 basic(out: 96, btn: 48, k: 3, s: 2${se ? ', se: yes' : ''}) x 2
  stage C4 bottleneck(out: ${c4}, btn: 32, k: 3, s: 2) x 2
}
`;
const notesOf = (text: string) =>
  comparisonNotes(comparedDesigns(snapshotOf(text), 'a.mae')).map(({ code, designs }) => [code, ...designs]);
const DEEPMAD = 'budget b { macs <= 1G }\nsearch { start a within b objective deepmad }\n';

describe('a comparison says', () => {
  test.each([
    ['nothing of designs that are far apart', net('a') + net('b', { c4: 1024 }), []],
    ['nothing of copies', net('a') + net('b'), []],
    [
      'that inputs differ, and nothing else',
      net('a') + net('b', { side: 256, c4: 136 }),
      [['inputs-differ', 'a', 'b']],
    ],
    [
      'which a measurement could not tell apart',
      net('a') + net('b', { c4: 136 }) + net('c', { c4: 512 }),
      [['within-spread', 'a', 'b']],
    ],
    [
      'nothing of squeeze-and-excitation where nobody asks for DeepMAD',
      net('a') + net('b', { se: true, c4: 1024 }),
      [],
    ],
    [
      'that DeepMAD does not compare across it',
      net('a') + net('b', { se: true }) + DEEPMAD,
      [['deepmad-squeezed', 'a', 'b']],
    ],
  ])('%s', (_, text, notes) => expect(notesOf(text)).toEqual(notes));
});

test('a spread is that of the stages that are weighed, and there is none where the theory does not reach', () => {
  const [plain] = comparedDesigns(snapshotOf(net('a')), 'a.mae');
  const twice = comparedDesigns(snapshotOf(net('a').replace('C4: 1', 'C4: 2')), 'a.mae')[0];
  expect(plain?.spread).toBeGreaterThan(0);
  expect(twice?.spread).toBeCloseTo(2 * (plain?.spread ?? 0), 12);
  const shuffled = comparedDesigns(
    snapshotOf(net('a').replace(/basic\(.*?\)/, 'shuffle(out: 96, k: 3, s: 2)')),
    'a.mae',
  )[0];
  expect(shuffled?.spread).toBeNull();
});
