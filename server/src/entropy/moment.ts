import { type Cell, type GraphNode, type Ref, shapeAt } from '../graph/cell.ts';
import { isPointwise, RELU_LOSS, widthLogStd } from './exact.ts';
import { fanInLogStd } from './fan-in.ts';
import { asMap, convolveField, type Field, thinField, upsampleField } from './field.ts';
import { common, kept, type MapField, normalised, picked } from './map-field.ts';
import { isSilent, scoredReads } from './scored.ts';

/** φ behind the convolutions: `linear` is TinyNAS's default, `relu` the paper's formula. */
export type Rectification = 'linear' | 'relu';

/**
 * The second moment of a tensor: its scale as ½ log of the mean over positions, in nats, and its field.
 *
 * Where several tensors are added it matters which of them have a positive mean. `signed` has none and is symmetric;
 * `rectified` came out of a ReLU, E[x] = √(moment/π); a `mix` says position by position what it has of both.
 */
export interface Moment {
  readonly log: number;
  /** What `log` was before the last ReLU: σ is measured on the pre-activation. */
  readonly before: number;
  readonly field: Field;
  readonly sign: 'signed' | 'rectified' | Mix;
}

/** In units of the tensor's scale: the mean, and the variance of the part that is symmetric around it. */
interface Mix {
  readonly mean: MapField;
  readonly signed: MapField;
}

/**
 * Follows second moments through a cell whose scored path branches (docs/method.md 9). Branches have weights of their
 * own: the moments of a sum add up, and a concatenation has the mean weighted by channels, which is what the next
 * convolution sees. A tensor that reaches a sum by two ways is taken as independent of itself.
 */
export function passMoments(cell: Cell, inputs: readonly Moment[], by: Rectification): Moment {
  return follow(cell, inputs, (node, read) => step(cell, node, read, by));
}

/** The same for the fan-in form, which has no positions and no activation: ½ log of second moments, in nats. */
export function passFanIn(cell: Cell, inputs: readonly number[]): number {
  return follow(cell, inputs, (node, read) => {
    const { operator } = node;
    const [first = 0] = read;
    if (operator.op === 'conv')
      return first + fanInLogStd({ node, operator, from: shapeAt(cell, node.reads[0] ?? -1), to: node.shape });
    if (operator.op === 'sum' && !operator.residual)
      return halfLogSum(
        read,
        read.map(() => 1),
      );
    if (operator.op === 'concat') return halfLogSum(read, shares(cell, node));
    return first;
  });
}

/** Walks the scored nodes of a cell. */
function follow<T>(cell: Cell, inputs: readonly T[], pass: (node: GraphNode, read: readonly T[]) => T): T {
  const made = new Map<Ref, T>();
  const at = (ref: Ref): T => {
    const found = ref < 0 ? inputs[-1 - ref] : made.get(ref);
    if (found === undefined) throw new Error('a node reads what stands before it');
    return found;
  };
  const scored = new Set<Ref>([cell.output]);
  for (let n = cell.nodes.length - 1; n >= 0; n--) {
    const node = cell.nodes[n];
    if (node !== undefined && scored.has(n)) for (const ref of scoredReads(node)) scored.add(ref);
  }
  cell.nodes.forEach((node, n) => {
    if (scored.has(n)) made.set(n, pass(node, scoredReads(node).map(at)));
  });
  return at(cell.output);
}

/** Shares of a concatenation's channels. */
function shares(cell: Cell, { reads, shape }: GraphNode): number[] {
  return reads.map((ref) => shapeAt(cell, ref).channels / shape.channels);
}

/** ½ log Σ share · exp(2 log σ) */
function halfLogSum(logs: readonly number[], weights: readonly number[]): number {
  const most = Math.max(...logs);
  return most + 0.5 * Math.log(logs.reduce((sum, log, i) => sum + (weights[i] ?? 0) * Math.exp(2 * (log - most)), 0));
}

function step(cell: Cell, node: GraphNode, read: readonly Moment[], by: Rectification): Moment {
  const { operator } = node;
  const [x] = read;
  if (x === undefined) throw new Error('every scored node reads something');
  if (isSilent(node)) return x;
  switch (operator.op) {
    case 'conv': {
      const own = widthLogStd({ node, operator, from: shapeAt(cell, node.reads[0] ?? -1), to: node.shape });
      const passed = isPointwise(operator) ? { field: x.field, log: 0 } : convolveField(x.field, operator);
      const log = x.log + own + passed.log;
      return { log, before: log, field: passed.field, sign: 'signed' };
    }
    case 'maxpool':
      return moved(x, (field) => thinField(field, operator.stride));
    case 'upsample':
      return moved(x, (field) => upsampleField(field, operator));
    case 'activation':
      return by === 'relu' ? rectify(x) : x;
    case 'sum':
      return mix(
        read,
        read.map(() => 1),
        true,
      );
    case 'concat':
      return mix(read, shares(cell, node), false);
    default:
      return x;
  }
}

/** Positions are picked or repeated; scales stay. */
function moved(x: Moment, move: (field: Field) => Field): Moment {
  const sign =
    typeof x.sign === 'string' ? x.sign : { mean: asMap(move(x.sign.mean)), signed: asMap(move(x.sign.signed)) };
  return { ...x, field: move(x.field), sign };
}

/** E[relu(h)²] = ½E[h²] where h is symmetric; nothing where it is nowhere negative. */
function rectify(x: Moment): Moment {
  if (x.sign === 'signed') return { ...x, log: x.log - RELU_LOSS, before: x.log, sign: 'rectified' };
  if (x.sign === 'rectified') return x;
  return rectifyMix(x, x.sign);
}

/**
 * E[relu(p + y)²] with y ~ N(0, s²) and p the rectified N(0, t²) that has the moment of the part which is nowhere
 * negative: s²/4 + (s² + t²)(¼ + (arcsin ρ + ρ√(1−ρ²))/2π), ρ² = t²/(s² + t²). It is exact for one such part.
 */
function rectifyMix(x: Moment, { signed }: Mix): Moment {
  const total = asMap(x.field).map;
  const moment = new Float64Array(total.length);
  const mean = new Float64Array(total.length);
  for (let i = 0; i < total.length; i++) {
    const s2 = signed.map[i] ?? 0;
    const t2 = 2 * Math.max(0, (total[i] ?? 0) - s2);
    const sum = s2 + t2;
    const rho = sum === 0 ? 0 : Math.sqrt(t2 / sum);
    const arc = (Math.asin(rho) + rho * Math.sqrt(1 - rho * rho)) / (2 * Math.PI);
    moment[i] = s2 === 0 ? (total[i] ?? 0) : s2 / 4 + sum * (0.25 + arc);
    mean[i] = (0.5 * Math.sqrt(s2) + 0.5 * Math.sqrt(sum) * (1 + rho)) / Math.sqrt(2 * Math.PI);
  }
  return scaled(x.log, x.log, { ...signed, map: moment }, { ...signed, map: mean }, undefined);
}

/** Normalises a moment that is in units of exp(2 · log). */
function scaled(log: number, before: number, moment: MapField, mean: MapField, signed: MapField | undefined): Moment {
  const { field, mean: level } = normalised(moment);
  const own = log + 0.5 * Math.log(level);
  const root = Math.sqrt(level);
  const none = { ...mean, map: new Float64Array(mean.map.length) };
  const mixed: Mix = {
    mean: { ...mean, map: mean.map.map((value) => value / root) },
    signed: signed === undefined ? none : { ...signed, map: signed.map.map((value) => value / level) },
  };
  return { log: own, before, field, sign: mixed };
}

/** Sums (`added`) or concatenations of tensors: moments weighted, and of a sum what positive means have in common. */
function mix(read: readonly Moment[], weights: readonly number[], added: boolean): Moment {
  const [first] = read;
  if (first === undefined) throw new Error('a mix has parts');
  if (read.length === 1) return first;
  const most = Math.max(...read.map((x) => x.log));
  const maps = read.map((x) => asMap(x.field));
  const rows = maps.map((map) => map.rows).reduce(common);
  const columns = maps.map((map) => map.columns).reduce(common);
  const size = kept(rows) * kept(columns);
  const moment = new Float64Array(size);
  const mean = new Float64Array(size);
  const squares = new Float64Array(size);
  const signed = new Float64Array(size);
  read.forEach((x, part) => {
    const weight = weights[part] ?? 0;
    const scale = weight * Math.exp(2 * (x.log - most));
    const field = picked(asMap(x.field), rows, columns);
    const own = meansOf(x, field);
    const { map } = field;
    for (let i = 0; i < size; i++) {
      moment[i] = (moment[i] ?? 0) + scale * (map[i] ?? 0);
      const level = Math.sqrt(scale * weight) * (own.mean?.[i] ?? 0);
      mean[i] = (mean[i] ?? 0) + level;
      squares[i] = (squares[i] ?? 0) + level * level;
      signed[i] = (signed[i] ?? 0) + scale * (own.signed === undefined ? 0 : (own.signed[i] ?? 0));
    }
  });
  if (added) for (let i = 0; i < size; i++) moment[i] = (moment[i] ?? 0) + (mean[i] ?? 0) ** 2 - (squares[i] ?? 0);
  const at = (map: Float64Array): MapField => ({ rows, columns, map });
  const before = added
    ? Number.NaN
    : halfLogSum(
        read.map((x) => x.before),
        weights,
      );
  const result = scaled(most, before, at(moment), at(mean), at(signed));
  const sign = read.every((x) => x.sign === 'signed') ? 'signed' : result.sign;
  return { ...result, sign, before: added ? result.log : before };
}

/**
 * The mean of a tensor and the variance of what is symmetric in it, in units of its scale; nothing where it has none.
 *
 * @param field its own, on the axes on which it is mixed
 */
function meansOf({ sign }: Moment, field: MapField): { mean?: Float64Array; signed?: Float64Array } {
  if (sign === 'signed') return { signed: field.map };
  if (sign === 'rectified') return { mean: field.map.map((m) => Math.sqrt(m / Math.PI)) };
  const { rows, columns } = field;
  return { mean: picked(sign.mean, rows, columns).map, signed: picked(sign.signed, rows, columns).map };
}
