import type { DashboardEvent, DashboardState } from './state.ts';

/** extension → dashboard. The snapshot answers `ready`; then come the events that changed it, in order. */
export type ToDashboard =
  | { readonly type: 'snapshot'; readonly state: DashboardState }
  | { readonly type: 'event'; readonly event: DashboardEvent }
  /** Something to say aloud, such as what became of a click. */
  | { readonly type: 'say'; readonly text: string };

/** dashboard → extension: what a person pressed. A design is the best of the run, or a point of its front by number. */
export type FromDashboard =
  | { readonly type: 'ready' }
  /** Search a file, as the palette does. */
  | { readonly type: 'search'; readonly uri: string }
  | {
      readonly type: 'pause' | 'resume' | 'stop' | 'again' | 'front' | 'frontier' | 'prove' | 'show' | 'remove';
      readonly id: string;
    }
  | { readonly type: 'apply' | 'openDiff'; readonly id: string; readonly design: 'best' | number }
  | { readonly type: 'compare'; readonly ids: readonly string[] };

const ON_ONE_RUN = ['pause', 'resume', 'stop', 'again', 'front', 'frontier', 'prove', 'show', 'remove'];

/** Whether something that a webview posted is one of ours. */
export function isFromDashboard(value: unknown): value is FromDashboard {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  const { type } = value;
  if (type === 'ready') return true;
  if (type === 'search') return 'uri' in value && typeof value.uri === 'string';
  if (type === 'compare') {
    return 'ids' in value && Array.isArray(value.ids) && value.ids.every((id) => typeof id === 'string');
  }
  if (!('id' in value) || typeof value.id !== 'string' || typeof type !== 'string') return false;
  if (ON_ONE_RUN.includes(type)) return true;
  if (type !== 'apply' && type !== 'openDiff') return false;
  return 'design' in value && (value.design === 'best' || typeof value.design === 'number');
}
