import { keptSort } from '../webviews/sort.ts';
import type { LayerView } from './rows.ts';

/** What a person made of the page of a model, for when it was hidden or closed, or the window is reloaded. */
export interface KeptPage {
  readonly view: LayerView;
  /** How far it was scrolled, in pixels. */
  readonly top: number;
  /** HEIGHTxWIDTH that was asked for. */
  readonly size?: string;
}

/** A model that is kept, by its address. */
export interface KeptModel {
  readonly uri: string;
  readonly page: KeptPage;
}

/** More models are forgotten, those first that were looked at longest ago. */
const MOST = 50;

/** What was kept of a page, as far as it makes sense. */
export function keptPage(kept: unknown): KeptPage {
  const { view, top, size } = fieldsOf(kept);
  const { filter, op } = fieldsOf(view);
  return {
    view: { sort: keptSort(view), filter: textOf(filter), op: textOf(op) },
    top: typeof top === 'number' ? top : 0,
    ...(typeof size === 'string' ? { size } : {}),
  };
}

/** The models that were kept, the latest first. */
export const keptModels = (kept: unknown): readonly KeptModel[] =>
  Array.isArray(kept)
    ? kept.map(fieldsOf).flatMap(({ uri, page }) => (typeof uri === 'string' ? [{ uri, page: keptPage(page) }] : []))
    : [];

export const withModel = (models: readonly KeptModel[], uri: string, page: KeptPage): readonly KeptModel[] =>
  [{ uri, page }, ...models.filter((model) => model.uri !== uri)].slice(0, MOST);

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
