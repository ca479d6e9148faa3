import { type Cell, convAt, type GraphNode, type Ref, shapeAt } from '../graph/cell.ts';
import { passWindow, RELU_LOSS, widthLogStd } from './exact.ts';
import { fanInLogStd } from './fan-in.ts';
import { asMap, type Field, thinField, upsampleField } from './field.ts';
import { common, kept, type MapField, normalised, picked } from './map-field.ts';
import { isSilent, scoredReads, scoredTensors } from './scored.ts';

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
    const conv = convAt(cell, node);
    if (conv !== undefined) return first + fanInLogStd(conv);
    if (operator.op === 'sum' && !operator.residual) return halfLogSum(read);
    return operator.op === 'concat' ? halfLogSum(read, shares(cell, node)) : first;
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
  const scored = scoredTensors(cell, [cell.output]);
  cell.nodes.forEach((node, n) => {
    if (scored.has(n)) made.set(n, pass(node, scoredReads(node).map(at)));
  });
  return at(cell.output);
}

/** Shares of a concatenation's channels. */
function shares(cell: Cell, { reads, shape }: GraphNode): number[] {
  return reads.map((ref) => shapeAt(cell, ref).channels / shape.channels);
}

/** ½ log Σ share · exp(2 log σ); of a sum each part counts whole. */
function halfLogSum(logs: readonly number[], shared?: readonly number[]): number {
  const most = Math.max(...logs);
  return most + 0.5 * Math.log(logs.reduce((sum, log, i) => sum + (shared?.[i] ?? 1) * Math.exp(2 * (log - most)), 0));
}

function step(cell: Cell, node: GraphNode, read: readonly Moment[], by: Rectification): Moment {
  const { operator } = node;
  const [x] = read;
  if (x === undefined) throw new Error('every scored node reads something');
  if (isSilent(node)) return x;
  const conv = convAt(cell, node);
  if (conv !== undefined) {
    const passed = passWindow(x.field, conv.operator);
    const log = x.log + widthLogStd(conv) + passed.log;
    return { log, before: log, field: passed.field, sign: 'signed' };
  }
  switch (operator.op) {
    case 'maxpool':
      return moved(x, (field) => thinField(field, operator.stride));
    case 'upsample':
      return moved(x, (field) => upsampleField(field, operator));
    case 'activation':
      return by === 'relu' ? rectify(x) : x;
    case 'sum':
      return mix(read);
    case 'concat':
      return mix(read, shares(cell, node));
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
  const at = (map: Float64Array): MapField => ({ ...signed, map });
  return { ...scaled(x.log, at(moment), at(mean), at(new Float64Array(mean.length))), before: x.log };
}

/** Normalises a moment that is in units of exp(2 · log). */
function scaled(log: number, moment: MapField, mean: MapField, signed: MapField): Omit<Moment, 'before'> {
  const { field, mean: level } = normalised(moment);
  const root = Math.sqrt(level);
  const sign: Mix = {
    mean: { ...mean, map: mean.map.map((value) => value / root) },
    signed: { ...signed, map: signed.map.map((value) => value / level) },
  };
  return { log: log + 0.5 * Math.log(level), field, sign };
}

/**
 * Concatenations of tensors, with the share of the channels that each has: their moments weighted. Sums, where nothing
 * is shared: their moments, and what positive means have in common.
 */
function mix(read: readonly Moment[], shared?: readonly number[]): Moment {
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
  maps.forEach((map, part) => {
    const x = read[part] ?? first;
    const share = shared?.[part] ?? 1;
    const scale = share * Math.exp(2 * (x.log - most));
    const field = picked(map, rows, columns);
    const own = meansOf(x, field);
    for (let i = 0; i < size; i++) {
      moment[i] = (moment[i] ?? 0) + scale * (field.map[i] ?? 0);
      const level = Math.sqrt(scale * share) * (own.mean?.[i] ?? 0);
      mean[i] = (mean[i] ?? 0) + level;
      squares[i] = (squares[i] ?? 0) + level * level;
      signed[i] = (signed[i] ?? 0) + scale * (own.signed?.[i] ?? 0);
    }
  });
  if (shared === undefined)
    for (let i = 0; i < size; i++) moment[i] = (moment[i] ?? 0) + (mean[i] ?? 0) ** 2 - (squares[i] ?? 0);
  const at = (map: Float64Array): MapField => ({ rows, columns, map });
  const mixed = scaled(most, at(moment), at(mean), at(signed));
  const befores = read.map((x) => x.before);
  const before = shared === undefined ? mixed.log : halfLogSum(befores, shared);
  return { ...mixed, before, sign: read.every((x) => x.sign === 'signed') ? 'signed' : mixed.sign };
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
