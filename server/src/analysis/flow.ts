import type { InputSize } from '../backbone/backbone.ts';
import { RELU_LOSS, spatialLogs, widthLogStd } from '../entropy/exact.ts';
import { fanInLogStd } from '../entropy/fan-in.ts';
import { type Field, uniformField } from '../entropy/field.ts';
import { hasTerm, NO_SPREAD, type Prediction, passLayer, predict, type Spread } from '../entropy/finite-width.ts';
import { type Moment, passFanIn, passMoments } from '../entropy/moment.ts';
import { type Step, scoredConvs, scoredPath } from '../entropy/scored.ts';
import type { Cell } from '../graph/cell.ts';
import type { Repeat, Section } from '../graph/graph.ts';

/** Cumulative log σ at one point of the network by every closed form, in nats. */
export interface LogStd {
  readonly fanIn: number;
  readonly exact: { readonly linear: number; readonly relu: number };
  /** For relu networks; undefined behind what the theory has no term for. */
  readonly finiteWidth: Prediction | undefined;
}

/** The share of the exact log σ that no width has a part in: Σ ½ log(mean(w_row) · mean(w_col)), and the field behind it. */
export interface SpatialFlow {
  readonly field: Field;
  readonly log: number;
}

/** What the theory of finite widths carries, and what it says of the last convolution. */
interface FiniteFlow {
  readonly spread: Spread;
  readonly prediction: Prediction;
}

/** What the closed forms carry along the network, at its input or at the end of a section. Logs are cumulative, in nats. */
export interface Flow {
  /** Scored convolutions so far, by whichever way they were passed. */
  readonly convolutions: number;
  readonly fanIn: number;
  /** Σ ½ log(in/groups); what stood before a merge is in the spatial share. */
  readonly widths: number;
  readonly spatial: SpatialFlow;
  /** Activations so far, and whether the last of them is behind the last convolution. */
  readonly activations: number;
  readonly activated: boolean;
  /** For relu networks; undefined where the theory has no term. */
  readonly finite: FiniteFlow | undefined;
  /** Behind a merge a ReLU network is no longer a linear one less what its activations take: it has a moment of its own. */
  readonly rectified: Moment | undefined;
}

export const inputFlow = (input: InputSize): Flow => ({
  convolutions: 0,
  fanIn: 0,
  widths: 0,
  spatial: { field: uniformField(input), log: 0 },
  activations: 0,
  activated: false,
  finite: { spread: NO_SPREAD, prediction: { mean: 0, sd: 0 } },
  rectified: undefined,
});

/** What ReLUs take from the pre-activation that σ is measured on: those before it. */
const reluLoss = ({ activations, activated }: Pick<Flow, 'activations' | 'activated'>): number =>
  RELU_LOSS * (activations - (activated ? 1 : 0));

export function logStdOf(flow: Flow): LogStd {
  const linear = flow.widths + flow.spatial.log;
  const relu = flow.rectified?.before ?? linear - reluLoss(flow);
  return { fanIn: flow.fanIn, exact: { linear, relu }, finiteWidth: flow.finite?.prediction };
}

/** One passage that is known already: a section between the flows of what it reads and its own. */
export interface Passage {
  readonly before: readonly Flow[];
  readonly section: Section;
  readonly after: Flow;
}

/** The flows that a section reads; the very array of before where they are the same ones. */
export function flowsRead(
  { reads }: Pick<Section, 'reads'>,
  flowOf: (section: number) => Flow,
  before: readonly Flow[] | undefined,
): readonly Flow[] {
  if (before?.length === reads.length && reads.every((read, i) => before[i] === flowOf(read))) return before;
  return reads.map(flowOf);
}

/**
 * The flow behind a section. A known passage of the same section from the same flows is taken over; where only widths
 * differ its spatial part still is, which is most of the work.
 */
export function flowThrough(before: readonly Flow[], section: Section, known?: Passage): Flow {
  if (known !== undefined && known.before === before && known.section === section) return known.after;
  const [first] = before;
  if (first === undefined) throw new Error('every section reads something');
  const steps = section.merge === undefined && first.rectified === undefined ? stepsOf(section) : undefined;
  if (steps !== undefined) return passSteps(first, steps, knownSpatial(first, section, known));
  let flow = section.merge === undefined ? first : passMixed(before, section.merge);
  for (const { cell, times } of section.cells) for (let i = 0; i < times; i++) flow = passMixed([flow], cell);
  return flow;
}

/** Sections outlive a keystroke, and their steps are asked for at each. */
const knownSteps = new WeakMap<readonly Repeat[], readonly Step[] | null>();

/** All steps of a section whose scored path never branches. */
export function stepsOf({ cells }: Pick<Section, 'cells'>): readonly Step[] | undefined {
  const found = knownSteps.get(cells);
  if (found !== undefined) return found ?? undefined;
  const steps = allSteps(cells);
  knownSteps.set(cells, steps ?? null);
  return steps;
}

function allSteps(cells: readonly Repeat[]): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (const { cell, times } of cells) {
    const path = scoredPath(cell);
    if (path === undefined) return undefined;
    for (let i = 0; i < times; i++) steps.push(...path);
  }
  return steps;
}

function passSteps(before: Flow, steps: readonly Step[], known: SpatialFlow | undefined): Flow {
  const spatial = known ?? passSpatial(before.spatial, steps);
  let { convolutions, fanIn, widths, activations, activated, finite } = before;
  let spread = finite?.spread;
  for (const step of steps) {
    if (step.kind === 'activation') {
      activations += 1;
      activated = true;
    } else if (step.kind === 'conv') {
      convolutions += 1;
      activated = false;
      fanIn += fanInLogStd(step.conv);
      widths += widthLogStd(step.conv);
    }
  }
  const exact = widths + spatial.log - reluLoss({ activations, activated });
  const last = steps.findLastIndex((step) => step.kind === 'conv');
  for (let i = 0; i < steps.length && spread !== undefined; i++) {
    const step = steps[i];
    if (step?.kind !== 'conv') continue;
    if (i === last) finite = { spread, prediction: predict(spread, step.conv, exact) };
    // The theory follows convolutions with a ReLU behind each.
    spread = hasTerm(step.conv) && steps[i + 1]?.kind === 'activation' ? passLayer(spread, step.conv) : undefined;
  }
  finite = spread === undefined || finite === undefined ? undefined : { ...finite, spread };
  return { convolutions, fanIn, widths, spatial, activations, activated, finite, rectified: undefined };
}

/** A cell that brings several tensors together, or whose scored path branches. */
function passMixed(before: readonly Flow[], cell: Cell): Flow {
  const linear = passMoments(cell, before.map(linearMoment), 'linear');
  return {
    convolutions: before.reduce((sum, flow) => sum + flow.convolutions, scoredConvs(cell).length),
    fanIn: passFanIn(
      cell,
      before.map((flow) => flow.fanIn),
    ),
    widths: 0,
    spatial: { field: linear.field, log: linear.log },
    activations: 0,
    activated: false,
    finite: undefined,
    rectified: passMoments(cell, before.map(reluMoment), 'relu'),
  };
}

function linearMoment({ widths, spatial }: Flow): Moment {
  const log = widths + spatial.log;
  return { log, before: log, field: spatial.field, sign: 'signed' };
}

function reluMoment(flow: Flow): Moment {
  if (flow.rectified !== undefined) return flow.rectified;
  const before = flow.widths + flow.spatial.log - reluLoss(flow);
  const { field } = flow.spatial;
  return flow.activated
    ? { log: before - RELU_LOSS, before, field, sign: 'rectified' }
    : { log: before, before, field, sign: 'signed' };
}

/** The spatial share behind a section whose windows are those of the known one, from the same field. */
function knownSpatial(before: Flow, section: Section, known: Passage | undefined): SpatialFlow | undefined {
  const then = known?.before[0];
  if (known === undefined || then === undefined || then.spatial.field !== before.spatial.field) return undefined;
  if (known.section.merge !== undefined || then.rectified !== undefined) return undefined;
  if (!sameWindows(known.section, section)) return undefined;
  const { field, log } = known.after.spatial;
  return { field, log: before.spatial.log + log - then.spatial.log };
}

/** Whether two sections send a field through the same windows, one after the other. */
export function sameWindows(a: Pick<Section, 'cells'>, b: Pick<Section, 'cells'>): boolean {
  return (
    a.cells.length === b.cells.length &&
    a.cells.every((repeat, i) => repeat.times === b.cells[i]?.times && sameWindowsOf(repeat, b.cells[i]))
  );
}

function sameWindowsOf(a: Repeat, b: Repeat): boolean {
  if (a.cell === b.cell) return scoredPath(a.cell) !== undefined;
  const [own, other] = [scoredPath(a.cell), scoredPath(b.cell)];
  if (own === undefined || other === undefined || own.length !== other.length) return false;
  return own.every((step, i) => sameStep(step, other[i] ?? step));
}

function sameStep(a: Step, b: Step): boolean {
  if (a.kind === 'conv' && b.kind === 'conv') {
    const [x, y] = [a.conv.operator, b.conv.operator];
    return x.kernel === y.kernel && x.stride === y.stride && x.dilation === y.dilation;
  }
  if (a.kind === 'maxpool' && b.kind === 'maxpool') return a.stride === b.stride && a.kernel === b.kernel;
  return a.kind === b.kind && a.kind !== 'upsample';
}

/** Σ of the spatial logs of some cells from a field on. */
export function passSpatial(before: SpatialFlow, path: readonly Step[]): SpatialFlow {
  const { field, logs } = spatialLogs(path, before.field);
  return { field, log: logs.reduce((sum, log) => sum + log, before.log) };
}
