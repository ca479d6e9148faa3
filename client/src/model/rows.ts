import type { ModelLayer } from '../../../server/src/server/protocol.ts';
import type { Sort } from '../webviews/sort.ts';
import { type LayerColumn, outputText, type PlacedLayer } from './columns.ts';

/** Which layers a person looks at, and in which order. */
export interface LayerView {
  readonly sort: Sort | undefined;
  /** Words that all must stand in the operator, the name or the shape. */
  readonly filter: string;
  /** The only operator to be shown; empty for all. */
  readonly op: string;
}

/** The layers of a model, to be looked through. */
export class LayerRows {
  readonly all: readonly PlacedLayer[];
  private readonly words: readonly string[];

  constructor(layers: readonly ModelLayer[]) {
    this.all = layers.map((layer, place) => ({ ...layer, place }));
    this.words = layers.map(({ op, name, output }) => plain(`${op} ${name} ${outputText(output)}`));
  }

  /** The layers of a view. What is equal stays in the order of the file; what has no value comes last. */
  of({ sort, filter, op }: LayerView, columns: readonly LayerColumn[]): readonly PlacedLayer[] {
    const wanted = plain(filter).split(/\s+/).filter(Boolean);
    const fits = ({ place }: PlacedLayer): boolean =>
      wanted.every((word) => this.words[place]?.includes(word) === true);
    const rows = this.all.filter((layer) => (op === '' || layer.op === op) && (wanted.length === 0 || fits(layer)));
    const by = columns.find(({ id }) => id === sort?.column)?.by;
    return sort === undefined || by === undefined ? rows : inOrder(rows, by, sort.descending);
  }
}

/** Nobody types the × of a shape. */
const plain = (text: string): string => text.toLowerCase().replaceAll('×', 'x');

function inOrder(rows: readonly PlacedLayer[], by: LayerColumn['by'], descending: boolean): readonly PlacedLayer[] {
  const collator = new Intl.Collator(undefined, { numeric: true });
  const sign = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: by(row) }))
    .sort(({ key: a }, { key: b }) => {
      if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
      const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
      return sign * order;
    })
    .map(({ row }) => row);
}
