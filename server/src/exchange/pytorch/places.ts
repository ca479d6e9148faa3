import { type Network, STEM } from '../../backbone/lower.ts';
import { moduleKey, variableName } from './names.ts';

/** Where a group stands in the module: its key in `stages` or `nodes`, and the variable of its output. */
export interface Place {
  readonly key: string;
  readonly variable: string;
}

/** Names that `forward` has of its own. */
const VARIABLES = ['x', 'self', 'nodes', 'merges', 'size', 'torch', 'nn', 'F', 'features', 'tuple'];

/**
 * A name for every group that only its own place decides: the second group of C4 is `C4_2` whatever the depth or width of
 * any, so that weights go by the same names when a design grows.
 */
export function placesOf({ groups }: Pick<Network, 'groups'>): Place[] {
  const [keys, variables] = [new Set<string>(), new Set(VARIABLES)];
  const counts = new Map<string, number>();
  return groups.map(({ place, wire }) => {
    const name = wire.name === STEM ? STEM : place;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const own = count === 1 ? name : `${name}_${count}`;
    return { key: moduleKey(own, keys), variable: variableName(own, variables) };
  });
}
