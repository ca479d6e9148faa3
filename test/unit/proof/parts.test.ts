import { describe, expect, it } from 'vitest';
import { type ChainModel, compileChain } from '../../../server/src/search/model/model.ts';
import { divided } from '../../../server/src/search/proof/divide.ts';
import { holds, type Part, thinned, wholeSpace } from '../../../server/src/search/proof/part.ts';
import { Random } from '../../../server/src/search/random.ts';
import { PRESETS } from '../../../server/src/space/presets.ts';
import { optimumOf } from '../bound/enumerate.ts';
import { bottleneck, conv, pool, squeezed, taskOf } from '../bound/small-tasks.ts';

const TASKS = [
  { groups: [conv(2), bottleneck], space: PRESETS.paper, limits: { params: 20_000, layers: 8 } },
  { groups: [conv(2), pool, bottleneck], limits: { params: 60_000 } },
  { groups: [conv(2), squeezed, conv(1)], limits: { params: 20_000, layers: 13 } },
];

/** Divides the space again and again, at random, by what random designs of it differ in. */
function pieces(model: ChainModel, designs: readonly Int32Array[], random: Random): Part[] {
  let parts = [wholeSpace(model)];
  for (let i = 0; i < 40; i++) {
    const at = random.below(parts.length);
    const telling = Array.from({ length: random.below(4) }, () => designs[random.below(designs.length)]);
    const [chosen] = parts.splice(at, 1);
    if (chosen === undefined) break;
    parts = [
      ...parts,
      ...(divided(
        chosen,
        model,
        telling.filter((genes) => genes !== undefined),
      ) ?? [chosen]),
    ];
  }
  return parts;
}

describe('parts', () => {
  it.each(TASKS)('lose no design, and share none: case %#', (entry) => {
    const task = taskOf(entry);
    const designs: Int32Array[] = [];
    optimumOf(task, 1e6, (genes) => void designs.push(genes.slice()));
    expect(designs.length).toBeGreaterThan(500);
    const parts = pieces(compileChain(task), designs, new Random(5));
    expect(parts.length).toBeGreaterThan(20);
    for (const genes of designs) expect(parts.filter((part) => holds(part, genes))).toHaveLength(1);
  });

  it('are divided down to single choices, and no further', () => {
    const model = compileChain(taskOf({ groups: [conv(2), bottleneck], space: PRESETS.paper, limits: {} }));
    const whole = wholeSpace(model);
    const small: Part = { ...thinned(whole, 2), depths: whole.depths.map((own) => own.slice(0, 2)) };
    let parts: readonly Part[] = [small];
    let single = 0;
    while (parts.length > 0) {
      parts = parts.flatMap((part) => {
        const halves = divided(part, model, []);
        if (halves === undefined) {
          single += 1;
          expect([...part.variants, ...part.depths, ...part.outs].every(({ length }) => length <= 1)).toBe(true);
        }
        return halves ?? [];
      });
    }
    const choices = (of: readonly { length: number }[]): number => of.reduce((n, { length }) => n * (length || 1), 1);
    expect(single).toBe(choices(small.variants) * choices(small.depths) * choices(small.outs));
  });
});
