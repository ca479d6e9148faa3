import * as l10n from '@vscode/l10n';
import type { ModelTable } from '../../server/src/server/protocol.ts';
import { type LayerColumn, layerColumns, type PlacedLayer } from '../src/model/columns.ts';
import { type TableFormat, tableText } from '../src/model/export.ts';
import { LayerRows, type LayerView } from '../src/model/rows.ts';
import { nextSort, orderOf } from '../src/webviews/sort.ts';
import { bar } from './bar.ts';
import { button, el, replaceContent, setText } from './dom.ts';
import { VirtualRows } from './virtual-rows.ts';

export interface LayersHost {
  /** The person looks at other layers now, or in another order. */
  readonly changed: (view: LayerView) => void;
  readonly say: (text: string) => void;
  readonly copy: (text: string, said: string) => void;
}

/** How long one types before the rows follow (ms). */
const TYPING_MS = 120;

/** The table of layers: ordered, looked through and walked by keyboard, however many there are. */
export class ModelLayers {
  readonly element: HTMLElement;
  private readonly host: LayersHost;
  private readonly search = el('input', { id: 'search', type: 'search', placeholder: 'layer1 conv', size: '24' });
  private readonly operator = el('select', { id: 'operator' });
  private readonly count = el('span', { class: 'count' });
  private readonly head = el('thead');
  private readonly table: HTMLTableElement;
  private readonly virtual: VirtualRows;
  private typing: ReturnType<typeof setTimeout> | undefined;
  private columns: readonly LayerColumn[] = [];
  private layers = new LayerRows([]);
  private rows: readonly PlacedLayer[] = [];
  private view: LayerView = { sort: undefined, filter: '', op: '' };
  /** The layer that the keyboard is on, by its place in the file. */
  private current = 0;

  constructor(host: LayersHost) {
    this.host = host;
    this.virtual = new VirtualRows((index) => this.row(index));
    this.table = el('table', { id: 'layers', class: 'layers', role: 'grid', tabindex: '0' });
    this.table.append(
      el(
        'caption',
        { class: 'hidden-text' },
        l10n.t('Layers. The arrows, Home, End and Page keys go from row to row.'),
      ),
      this.head,
      ...this.virtual.elements,
    );
    const copy = (format: TableFormat, label: string): HTMLElement => {
      const made = button(`copy-${format}`, label, () => this.copy(format));
      made.classList.add('secondary');
      return made;
    };
    this.element = el(
      'section',
      { 'aria-labelledby': 'layers-title' },
      el('h2', { id: 'layers-title' }, l10n.t('Layers')),
      el(
        'div',
        { class: 'options' },
        el('span', {}, el('label', { for: 'search' }, l10n.t('Search')), this.search),
        el('span', {}, el('label', { for: 'operator' }, l10n.t('Operator')), this.operator),
        this.count,
        el('span', {}, copy('tsv', l10n.t('Copy as TSV')), copy('csv', l10n.t('Copy as CSV'))),
      ),
      el('p', { class: 'key' }, l10n.t('A bar is full at the costliest layer; shares are of the whole model.')),
      this.table,
    );
    this.listen();
  }

  /** @param view how the page was left, when it is here again; otherwise it stays as it is */
  show(model: ModelTable, view = this.view): void {
    this.view = view;
    this.columns = layerColumns(model);
    this.layers = new LayerRows(model.layers);
    const operators = model.operators.map(({ op, count }) => el('option', { value: op }, `${op} (${count})`));
    // The operator that was chosen may be in the file no more.
    if (!model.operators.some(({ op }) => op === view.op)) this.view = { ...view, op: '' };
    this.operator.replaceChildren(el('option', { value: '' }, l10n.t('all')), ...operators);
    this.operator.value = this.view.op;
    if (document.activeElement !== this.search) this.search.value = this.view.filter;
    this.update();
  }

  private listen(): void {
    this.search.addEventListener('input', () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.look({ ...this.view, filter: this.search.value }), TYPING_MS);
    });
    this.operator.addEventListener('change', () => this.look({ ...this.view, op: this.operator.value }));
    this.table.addEventListener('keydown', (event) => this.key(event));
    this.table.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest('tr[data-row]') : null;
      if (row !== null) this.goTo(Number(row.getAttribute('data-row')));
    });
  }

  /** Shows other layers, or the same in another order. */
  private look(view: LayerView): void {
    this.view = view;
    this.update();
    this.host.changed(view);
    this.host.say(`${this.count.textContent}${this.orderText()}`);
  }

  private update(): void {
    this.rows = this.layers.of(this.view, this.columns);
    const [shown, all] = [this.rows.length, this.layers.all.length];
    setText(this.count, shown === all ? l10n.t('{0} layers', all) : l10n.t('{0} of {1} layers', shown, all));
    // Rows are counted with the head.
    this.table.setAttribute('aria-rowcount', String(shown + 1));
    replaceContent(this.head, el('tr', { 'aria-rowindex': '1' }, ...this.columns.map((column) => this.headOf(column))));
    this.virtual.show(shown);
    this.mark();
  }

  private headOf({ id, label, name, isText }: LayerColumn): HTMLElement {
    const press = (): void => this.look({ ...this.view, sort: nextSort(this.view.sort, id, isText !== true) });
    return el(
      'th',
      { scope: 'col', class: classOf(id), 'aria-sort': orderOf(id, this.view.sort), title: name },
      button(`sort-${classOf(id)}`, label, press, name),
    );
  }

  private row(index: number): HTMLElement {
    const layer = this.rows[index];
    const isCurrent = index === this.at();
    const attributes = {
      id: `layer-${index}`,
      'data-row': String(index),
      'aria-rowindex': String(index + 2),
      'aria-selected': isCurrent ? 'true' : 'false',
    };
    if (layer === undefined) return el('tr', attributes);
    const cells = this.columns.map((column) => {
      const { id } = column;
      const text = column.text(layer);
      const share = column.bar?.(layer) ?? 0;
      const drawn = share > 0 ? bar(share, id.startsWith('macs') ? 'macs' : 'params') : undefined;
      const title = id === 'macs' ? layer.unknown : column.isText === true ? text : undefined;
      // The name is what a row goes by.
      return id === 'name'
        ? el('th', { class: id, title, scope: 'row' }, el('bdi', { dir: 'ltr' }, text))
        : el('td', { class: classOf(id), title }, drawn, text);
    });
    return el('tr', attributes, ...cells);
  }

  private key(event: KeyboardEvent): void {
    if (event.target !== this.table || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.at();
    const places: Readonly<Record<string, number>> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      PageUp: at - this.virtual.page,
      PageDown: at + this.virtual.page,
      Home: 0,
      End: this.rows.length - 1,
    };
    const to = places[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.goTo(Math.min(this.rows.length - 1, Math.max(0, to)));
  }

  private goTo(index: number): void {
    const row = this.rows[index];
    if (row === undefined) return;
    this.current = row.place;
    this.virtual.reveal(index);
    this.mark();
  }

  /** Where the current layer stands now; the first row when it is not shown. */
  private at(): number {
    return Math.max(
      0,
      this.rows.findIndex(({ place }) => place === this.current),
    );
  }

  /** The keyboard stays on the table; which row it is on is said by its id. */
  private mark(): void {
    const id = `layer-${this.at()}`;
    for (const row of this.table.querySelectorAll('tr[data-row]'))
      row.setAttribute('aria-selected', String(row.id === id));
    if (this.rows.length === 0 || document.getElementById(id) === null)
      this.table.removeAttribute('aria-activedescendant');
    else this.table.setAttribute('aria-activedescendant', id);
  }

  private copy(format: TableFormat): void {
    this.host.copy(tableText(this.rows, format), l10n.t('Copied: {0} layers', this.rows.length));
  }

  private orderText(): string {
    const { sort } = this.view;
    const column = this.columns.find(({ id }) => id === sort?.column);
    if (sort === undefined || column === undefined) return '';
    const by = column.name ?? column.label;
    return `, ${sort.descending ? l10n.t('by {0}, from the end', by) : l10n.t('by {0}', by)}`;
  }
}

const classOf = (id: string): string => id.replace(' ', '-');
