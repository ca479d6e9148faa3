import type { Group } from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import { type GroupLimits, groupPlaces, limitsAt, STEM_PLACE } from '../space/limits.ts';
import { CHANGEABLE, type Changeable, type Space, type Widths } from '../space/space.ts';
import type { Design } from './design.ts';
import { together } from './nearest.ts';
import { rangeText } from './print-space.ts';
import type { ProblemData, Span } from './problem.ts';
import type { KeptSource, SpaceSource } from './read-space.ts';
import { argumentRemoval } from './remove-argument.ts';
import { type Report, unknownWord } from './report.ts';
import { startsIn } from './resolve.ts';
import type { SpaceWordName } from './space-words.ts';
import { basesOf, spaceOf } from './spaces.ts';
import { spanOf } from './span.ts';

type Sources = Pick<Design, 'backbones' | 'detectors' | 'budgets' | 'searches' | 'spaces'>;

/** What is wrong with spaces beyond single lines: circles, limits that leave nothing, places and kept lines that do not fit. */
export function checkSpaces(design: Sources, report: Report): void {
  for (const source of design.spaces) {
    reportCircle(source, design.spaces, report);
    reportEmpty(source, spaceOf(source, design.spaces), report);
    reportPlaces(source, design, report);
  }
}

function reportCircle(source: SpaceSource, spaces: readonly SpaceSource[], report: Report): void {
  const { like, name } = source;
  if (like === undefined || basesOf(source, spaces) !== 'cycle') return;
  const message =
    like.name === name
      ? `The space '${name}' is like itself: name another one, or a preset.`
      : `'${name}' is like '${like.name}', which is like '${name}' in the end: one of them must be like a preset.`;
  report({ code: 'cycle', severity: 'error', message, span: like.span });
}

/** Ranges that leave no number, whatever the network is. */
function reportEmpty({ lines, places }: SpaceSource, space: Space, report: Report): void {
  const whole = limitsAt(space, { names: [], stem: false });
  reportEmptyRanges(whole, lines, report);
  for (const { place, lines: own } of places)
    reportEmptyRanges(
      limitsAt(space, { names: [place.name], stem: place.name === STEM_PLACE }),
      own,
      report,
      place.name,
    );
}

function reportEmptyRanges(
  limits: Pick<GroupLimits, 'out' | 'btn' | 'depth'>,
  lines: Readonly<Partial<Record<SpaceWordName, Span>>>,
  report: Report,
  place?: string,
): void {
  for (const field of ['out', 'btn', 'depth'] as const) {
    const span = lines[field];
    if (span === undefined) continue;
    const widths = field === 'depth' ? { ...limits.depth, step: 1 } : limits[field];
    const why = emptiness(field, widths);
    if (why === undefined) continue;
    const where = place === undefined ? '' : ` at ${place}`;
    const data = {
      kind: 'replace',
      with: [`${field} ${rangeText(field === 'depth' ? { ...mended(widths), step: undefined } : mended(widths))}`],
    } as const;
    report({ code: 'empty-space', severity: 'error', message: `${why}${where}.`, span, data });
  }
}

function emptiness(field: string, { least, most, step }: Widths): string | undefined {
  if (least > most) return `No ${field} is at least ${least} and at most ${most}`;
  if (Math.floor(most / step) * step >= least && most >= step) return undefined;
  return `No multiple of ${step} lies from ${least} to ${most}: steps count from 0, and ${field} has none`;
}

/** The range as far as the grid reaches around it. */
const mended = ({ least, most, step }: Widths): Widths => {
  const [low, high] = least > most ? [most, least] : [least, most];
  return { least: Math.max(step, Math.floor(low / step) * step), most: Math.ceil(high / step) * step, step };
};

/** Names of places that no network has which is searched in the space, and kept lines that its limits do not allow. */
function reportPlaces(source: SpaceSource, design: Sources, report: Report): void {
  const starts = startsIn(source, design).flatMap(({ backbone }) => backbone ?? []);
  if (starts.length === 0) return;
  const known = [...new Set(starts.flatMap((start) => groupPlaces(start).flatMap(({ names }) => names)))];
  const named = [
    ...source.places.map(({ place }) => place),
    ...source.keep.map(({ kept, place }) => ({ name: kept.place, span: place })),
  ];
  for (const { name, span } of named) {
    if (known.includes(name)) continue;
    const where = together([...new Set(starts.map((start) => `'${start.name}'`))]);
    const problem = unknownWord('unknown-stage', `place`, name, span, known);
    report({ ...problem, severity: 'warning', message: problem.message.replace('.', ` in ${where}.`) });
  }
  const space = spaceOf(source, design.spaces);
  for (const kept of source.keep) {
    const fault = starts.flatMap((start) => {
      const places = groupPlaces(start);
      return start.groups.flatMap((group, g) => {
        const place = places[g];
        if (place?.names.includes(kept.kept.place) !== true) return [];
        return outsideOf(group, limitsAt(space, place), kept, source, place.stem) ?? [];
      });
    })[0];
    if (fault === undefined) continue;
    const message = `${kept.kept.place} is kept with ${fault}, which its own limits do not allow: change one of them.`;
    report({ code: 'kept-outside', severity: 'error', message, span: kept.span, data: keptNoMore(kept) });
  }
}

/** One of several goes with its comma, the only one with its line. */
function keptNoMore({ node }: KeptSource): ProblemData {
  const line = node.$container;
  if (line.values.length === 1) return { kind: 'remove', span: spanOf(line) };
  return { kind: 'edits', title: `Remove ${node.$cstNode?.text ?? ''} from keep`, edits: argumentRemoval(line, node) };
}

const WORDS = { out: 'out', btn: 'btn', kernel: 'k', depth: 'depth', block: 'blocks' } as const satisfies Record<
  Changeable,
  SpaceWordName
>;

/** What of a kept group the limits do not allow that this very space has written for it. */
function outsideOf(
  group: Group,
  limits: GroupLimits,
  { kept }: KeptSource,
  source: SpaceSource,
  stem: boolean,
): string | undefined {
  const own = source.places.find(({ place }) => place.name === kept.place);
  const isWritten = (field: Changeable): boolean => {
    const word = WORDS[field];
    const binds = !stem || (field !== 'out' && field !== 'btn');
    return own?.lines[word] !== undefined || (binds && source.lines[word] !== undefined);
  };
  const fields = kept.field === undefined ? CHANGEABLE : [kept.field];
  const found = fields.find((field) => isWritten(field) && !allows(limits, group, field));
  return found === undefined ? undefined : `${found === 'kernel' ? 'k' : found} ${group[found]}`;
}

/** Whether the limits of a group allow what it has. What a block does not have is not limited. */
function allows({ out, btn, depth, kernels, blocks }: GroupLimits, group: Group, field: Changeable): boolean {
  const { search, keepsChannels } = blockOf(group);
  const holds = (widths: Widths, width: number): boolean =>
    width >= widths.least && width <= widths.most && width % widths.step === 0;
  switch (field) {
    case 'out':
      return keepsChannels || holds(out, group.out);
    case 'btn':
      return group.btn === 0 || holds(btn, group.btn);
    case 'kernel':
      return !search.kernel || kernels.own || kernels.of.includes(group.kernel);
    case 'depth':
      return !search.depth || (group.depth >= depth.least && group.depth <= depth.most);
    case 'block':
      return !search.depth || group.btn === 0 || blocks.own || blocks.of.includes(group.block);
  }
}
