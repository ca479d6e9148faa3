import type { IslandState } from '../executor.ts';

/** Genes of the fittest members of all islands, each design once; of equals that of the first island. */
export function leadersOf(islands: readonly IslandState[], width: number, most: number): Int32Array[] {
  const members = islands.flatMap(({ members: all, fitness }) =>
    [...fitness].map((value, i) => ({ value, genes: all.slice(i * width, (i + 1) * width) })),
  );
  const distinct = new Map<string, Int32Array>();
  for (const { genes } of members.sort((a, b) => b.value - a.value)) {
    const key = genes.join();
    if (distinct.size < most && !distinct.has(key)) distinct.set(key, genes);
  }
  return [...distinct.values()];
}
