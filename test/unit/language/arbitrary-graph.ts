import fc from 'fast-check';

/** A node of a graph, in words. */
export interface NodeDraft {
  readonly name: string;
  readonly out: number;
  readonly stride: 1 | 2;
  readonly at: number | undefined;
  readonly reads: readonly string[];
  readonly concat: boolean;
  /** Halvings of its output. */
  readonly halvings: number;
}

export interface GraphDraft {
  readonly nodes: readonly NodeDraft[];
  readonly outputs: readonly (readonly [name: string, node: string])[];
}

export const STEM = { name: 'stem', out: 32, halvings: 1 };

/** One node more, which reads what stands before it and fits together. */
function withNode(
  nodes: readonly NodeDraft[],
  [parents, width, stride, kind]: readonly [readonly number[], number, 1 | 2, 'sum' | 'concat' | 'at'],
): readonly NodeDraft[] {
  const known = [STEM, ...nodes];
  const chosen = [...new Set(parents.map((p) => known[p % known.length] ?? STEM))];
  const [first = STEM] = chosen;
  const sum = chosen.every((p) => p.out === first.out && p.halvings === first.halvings);
  const concat = kind === 'concat' && chosen.length > 1 && chosen.every((p) => p.halvings === first.halvings);
  const at = (kind === 'at' || !sum) && !concat ? Math.max(...chosen.map((p) => p.halvings)) : undefined;
  const node: NodeDraft = {
    name: `n${nodes.length}`,
    out: [32, 64, 96][width] ?? 32,
    stride,
    at,
    reads: chosen.map((p) => p.name),
    concat,
    halvings: (at ?? first.halvings) + stride - 1,
  };
  return [...nodes, node];
}

/** A graph that nothing is wrong with, but for nodes that nothing reads. */
export const graphDraft: fc.Arbitrary<GraphDraft> = fc
  .array(
    fc.tuple(
      fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 3 }),
      fc.nat({ max: 2 }),
      fc.constantFrom<1 | 2>(1, 1, 1, 2),
      fc.constantFrom<'sum' | 'concat' | 'at'>('sum', 'concat', 'at'),
    ),
    { minLength: 3, maxLength: 12 },
  )
  .map((nodes) => {
    const drafts = nodes.reduce<readonly NodeDraft[]>(withNode, []);
    const outputs = drafts.slice(-2).map(({ name }, index) => [`C${index + 3}`, name] as const);
    return { nodes: drafts, outputs };
  });

export function nodeText({ name, out, stride, at, reads, concat }: NodeDraft): string {
  const from = reads.length === 0 ? '' : ` from ${concat ? `concat(${reads.join(', ')})` : reads.join(', ')}`;
  return `node ${name} conv(out: ${out}, k: 3, s: ${stride})${at === undefined ? '' : ` at /${2 ** at}`}${from}`;
}

/** The text of a graph. */
export function graphText({ nodes, outputs }: GraphDraft, lines: readonly string[] = nodes.map(nodeText)): string {
  const output = outputs.length === 0 ? [] : [`output ${outputs.map(([name, node]) => `${name}: ${node}`).join(', ')}`];
  const body = ['input 3 x 256 x 256', 'entropy C3: 1', 'stem conv(out: 32, k: 3, s: 2)', ...lines, ...output];
  return `backbone g {\n${body.map((line) => `  ${line}\n`).join('')}}\n`;
}
