import type { Backbone, Group } from '../../backbone/backbone.ts';
import { groupChannels } from '../../backbone/channels.ts';
import type { ExportFormat, ExportOutcome } from '../export-format.ts';
import { classOf, type TinynasKey } from '../tinynas-classes.ts';

export const TINYNAS: ExportFormat = {
  name: 'tinynas',
  title: 'TinyNAS structure',
  doc: 'A Python list with one block on each line, as the authors’ code reads it.',
  extension: '.txt',
  takes: 'backbone',
  hasWeights: false,
  export: ({ backbone }) => exportTinynas(backbone),
};

/** A backbone as TinyNAS reads it: a Python list with one block dict on each line, ending in a line break. */
export function exportTinynas(backbone: Backbone): ExportOutcome {
  const lines: string[] = [];
  const channels = groupChannels(backbone);
  for (const [index, g] of backbone.groups.entries()) {
    const kind = classOf(g);
    const lack = lackOf(g);
    if (kind === undefined || lack !== undefined) {
      return { ok: false, group: index, message: `TinyNAS cannot build this: ${lack ?? `it has no ${g.block}.`}` };
    }
    const input = channels[index]?.in ?? 0;
    const block = (from: number, stride: number, depth: number): string => {
      const values: Readonly<Record<TinynasKey, number>> = {
        in: from,
        out: g.out,
        k: g.kernel,
        s: stride,
        L: depth,
        btn: g.btn,
      };
      return `{'class': '${kind.name}', ${kind.keys.map((key) => `'${key}': ${values[key]}`).join(', ')}}`;
    };
    if (kind.keys.includes('L')) lines.push(block(input, g.stride, g.depth));
    // A convolution knows no L, so a group of them becomes as many blocks.
    else for (let i = 0; i < g.depth; i++) lines.push(i === 0 ? block(input, g.stride, 1) : block(g.out, 1, 1));
  }
  return { ok: true, content: `[${lines.join(',\n ')}]\n` };
}

/** What about a group TinyNAS lacks, and what would be exported instead. */
function lackOf(g: Group): string | undefined {
  if (g.block === 'maxpool') return 'it has no max-pool. A convolution with s: 2 halves the resolution as well.';
  if (g.block === 'inverted' && g.btn === 0)
    return 'its inverted blocks always expand. Give this one a btn, such as its input channels.';
  if (g.shortcut === 'conv' && g.stride === 2)
    return 'its shortcuts pool where they halve the resolution. Leave out shortcut: conv.';
  if (g.block === 'basic' && g.strided === 'first' && g.stride === 2)
    return 'its basic blocks stride the second convolution. Leave out strided: first.';
  return undefined;
}
