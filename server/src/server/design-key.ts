import { type Backbone, DEFAULT_WEIGHTS } from '../backbone/backbone.ts';
import { printBackbone } from '../language/print.ts';
import { onceFor } from './once-for.ts';

/**
 * What says that two designs are the same: their canonical text without the name, so that whoever renames a backbone keeps
 * what is known of it, and a design that a search built is the one that was read from its text.
 */
export const designKey = onceFor((backbone: Backbone): string => printBackbone({ ...backbone, name: '' }));

/** The same of what is measured: weights change nothing of it. */
export const measuredKey = onceFor((backbone: Backbone): string =>
  designKey({ ...backbone, weights: DEFAULT_WEIGHTS }),
);
