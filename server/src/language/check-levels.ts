import { stageName } from '../backbone/backbone.ts';
import type { Network } from '../backbone/lower.ts';
import { isFault, levelsRead } from '../detector/levels.ts';
import { partOf } from '../detector/parts.ts';
import type { LevelsUse, PartSource } from './detector-source.ts';
import { meantBy, together } from './nearest.ts';
import { insertArgument } from './part-edits.ts';
import type { Problem } from './problem.ts';
import { type BackboneSource, knownStages } from './read-backbone.ts';
import type { Report } from './report.ts';

/** What a backbone hands on, finest first, as far as its lines say it. */
export function outputNames({ graph, groups }: BackboneSource): readonly string[] | undefined {
  const stages = knownStages(groups);
  const names =
    graph === undefined
      ? stages.map((stage) => (stage === undefined ? '' : stageName(stage)))
      : graph.outputs.map(({ name }) => name);
  return names.length === 0 || names.includes('') ? undefined : [...new Set(names)];
}

/** Whether the outputs that a neck reads are there, and in their order. True when they are, or nobody knows. */
export function checkLevels(
  neck: PartSource,
  source: BackboneSource,
  network: Network | undefined,
  report: Report,
): boolean {
  const names = outputNames(source);
  if (neck.definition === undefined || names === undefined) return true;
  if (neck.from !== undefined) return checkWritten(neck.from, names, source, report);
  // What is read where nothing is written.
  if (network === undefined || neck.written.has('from')) return true;
  const read = levelsRead(partOf(neck.definition), network);
  if (!isFault(read) || read.kind !== 'missing') return true;
  report(withoutDefault(neck, read.name, names, source));
  return false;
}

function checkWritten(
  { first, last, span }: LevelsUse,
  names: readonly string[],
  source: BackboneSource,
  report: Report,
): boolean {
  const ends = first === last ? [first] : [first, last];
  const unknown = ends.filter(({ name }) => !names.includes(name));
  for (const end of unknown) {
    const other = end === first ? last.name : first.name;
    report(missingLevel(end, end === first && first !== last ? 'first' : 'last', other, names, source));
  }
  if (unknown.length > 0) return false;
  if (names.indexOf(first.name) <= names.indexOf(last.name)) return true;
  const right = `${last.name}..${first.name}`;
  const message = `A range goes from the finer to the coarser output: write ${right}.`;
  report({ code: 'bad-value', severity: 'error', message, span, data: { kind: 'replace', with: [right] } });
  return false;
}

const listOf = (names: readonly string[], { graph }: BackboneSource): string =>
  `its ${graph === undefined ? 'stages' : 'outputs'} are ${together(names)}`;

function missingLevel(
  { name, span }: LevelsUse['first'],
  end: 'first' | 'last',
  other: string,
  names: readonly string[],
  source: BackboneSource,
): Problem {
  const message = `${source.name} has no ${source.graph === undefined ? 'stage' : 'output'} ${name}: ${listOf(names, source)}.`;
  // Beyond the last stage that one is meant; elsewhere what is spelled nearly so.
  const isStage = /^C\d+$/.test(name);
  const edge = end === 'last' ? names.at(-1) : names[0];
  const near = isStage ? [] : meantBy(name, names, {}).filter((candidate) => candidate !== other);
  const fixes = near.length > 0 ? near : edge === undefined || edge === name ? [] : [edge];
  const data = fixes.length === 0 ? {} : { data: { kind: 'replace', with: fixes } as const };
  return { code: 'missing-level', severity: 'error', message, span, ...data };
}

/** `fpn()` where there is no C5. */
function withoutDefault(neck: PartSource, name: string, names: readonly string[], source: BackboneSource): Problem {
  const range = neck.definition?.arguments.find((argument) => argument.type === 'levels');
  const isSingle = range?.type === 'levels' && range.single;
  const last = names.at(-1) ?? '';
  const first = isSingle ? last : (names.at(-3) ?? names[0] ?? '');
  const text = `from: ${isSingle || first === last ? last : `${first}..${last}`}`;
  const reads = range?.type === 'levels' ? range.default : '';
  const message = `Without from this neck reads ${reads}, and ${source.name} has no ${name}: ${listOf(names, source)}. Write ${text}.`;
  const data = { kind: 'edits', title: `Add ${text}`, edits: [insertArgument(neck, text, 'first')] } as const;
  return { code: 'missing-level', severity: 'error', message, span: neck.kindSpan, data };
}
