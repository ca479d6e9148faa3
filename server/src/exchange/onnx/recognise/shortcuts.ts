import type { ShortcutKind } from '../../../backbone/backbone.ts';

/** The shortcuts that differ for a stride. */
export const shortcuts = (stride: number): readonly ShortcutKind[] => (stride > 1 ? ['pool', 'conv'] : ['pool']);
