import { CompletionItemKind } from 'vscode-languageserver-types';
import { outputsOf, usualLevels } from '../detector/levels.ts';
import type { LevelsArgument, PartArgument, PartDefinition } from '../detector/part-definition.ts';
import { defaultOf, partNamed } from '../detector/parts.ts';
import { outputNames } from '../language/check-levels.ts';
import type { CursorContext } from '../language/cursor-context.ts';
import type { PartCursor } from '../language/cursor-detector.ts';
import { partArgument } from '../language/part-words.ts';
import { writtenAfter } from './complete-group.ts';
import type { FeatureOptions } from './options.ts';
import { type Changed, type PartEffect, partEffects } from './part-effects.ts';
import { choice, field, numberProposal, type Proposal } from './proposal.ts';
import type { SnapshotBackbone, SnapshotDetector } from './snapshot.ts';

/** What completion knows about the neck or head that is typed. */
export interface PartRequest {
  readonly detector: SnapshotDetector | undefined;
  readonly cursor: PartCursor;
  readonly context: CursorContext;
  readonly options: FeatureOptions;
}

/** The arguments that a part takes and that are not written yet. */
export function partArgumentProposals({ detector, cursor, context }: PartRequest): Proposal[] {
  const part = partNamed(cursor.part ?? '');
  const taken = new Set([...cursor.given.keys(), ...writtenAfter(context)]);
  return (part?.arguments ?? [])
    .filter(({ name }) => !taken.has(name))
    .map((argument) => {
      const { name, doc } = argument;
      const formula = argument.type === 'number' ? argument.formula : undefined;
      return {
        label: name,
        kind: CompletionItemKind.Field,
        insert: context.next === ':' ? name : `${name}: ${placeholder(argument, 1, detector?.backbone)}`,
        detail: `default ${defaultText(argument)}`,
        doc: formula === undefined ? doc : `${doc}\n\n\`${formula}\``,
      };
    });
}

const defaultText = (argument: PartArgument): string =>
  argument.type === 'levels' ? argument.default : String(defaultOf(argument));

/** A value to begin with: a choice with its default first, a number as the example has it. */
export function placeholder(
  argument: PartArgument,
  index: number,
  backbone: SnapshotBackbone | undefined,
  usual?: string,
): string {
  if (argument.type === 'levels') return field(index, levelRanges(argument, backbone)[0] ?? argument.default);
  if (argument.type === 'number') return field(index, usual ?? defaultText(argument));
  const first = usual ?? argument.default;
  return choice(index, [first, ...Object.keys(argument.values).filter((value) => value !== first)]);
}

/** Values of an argument: choices with their meaning, numbers and outputs, each with what it changes. */
export function partValueProposals(request: PartRequest, name: string, lower: string | undefined): Proposal[] {
  const { detector, cursor, options } = request;
  const part = partNamed(cursor.part ?? '');
  const argument = part === undefined ? undefined : partArgument(part, name);
  if (argument === undefined) return [];
  const effects = detector === undefined ? undefined : partEffects(detector, cursor, options);
  const tried = <V>(values: readonly V[], changed: (value: V) => Changed) => {
    const all = values.map((value, i) => ({ value, effect: i < MOST_TRIED ? effects?.(changed(value)) : undefined }));
    // Without what the part itself would find wrong; where all is, it is another argument that is.
    const isKnown = all.some(({ effect }) => effect !== undefined);
    return isKnown ? all.filter(({ effect }, i) => effect !== undefined || i >= MOST_TRIED) : all;
  };
  const { backbone } = detector ?? {};
  switch (argument.type) {
    case 'levels': {
      const ranges = levelRanges(argument, backbone).filter(
        (range) => lower === undefined || range.startsWith(`${lower}..`),
      );
      return tried(ranges, (range) => ({ from: endsOf(range) })).map(({ value, effect }) => ({
        label: lower === undefined ? value : value.slice(lower.length + '..'.length),
        kind: CompletionItemKind.EnumMember,
        ...detailOf(effect, value === usualRange(argument, backbone)),
      }));
    }
    case 'number': {
      const numbers = [...new Set(argument.usual)].sort((a, b) => a - b);
      const proposals = tried(numbers, (value) => ({ values: { [name]: value } }));
      return proposals.map(({ value, effect }) =>
        numberProposal(String(value), detailOf(effect, value === argument.default)),
      );
    }
    default: {
      const choices = Object.entries(argument.values);
      return tried(choices, ([value]) => ({ values: { [name]: value } })).map(
        ({ value: [label, meaning], effect }) => ({
          label,
          kind: CompletionItemKind.EnumMember,
          ...detailOf(effect, label === argument.default, meaning),
        }),
      );
    }
  }
}

/** «−12.1 G mmcv», «as it is», «the default», with what it means. */
function detailOf(effect: PartEffect | undefined, isDefault: boolean, meaning?: string): Pick<Proposal, 'detail'> {
  const same = effect === undefined || isDefault ? undefined : 'as it is';
  const parts = [effect?.text ?? same, meaning, isDefault ? 'the default' : undefined];
  const detail = parts.filter((part) => part !== undefined).join(', ');
  return detail === '' ? {} : { detail };
}

/** Each is a detector of its own, which takes a millisecond. */
const MOST_TRIED = 8;

/** So many ranges are more than anybody reads. */
const MOST_RANGES = 20;

/** Ranges of the backbone's outputs as a neck may read them: the usual one first, then those up to the coarsest output. */
export function levelRanges(argument: LevelsArgument, backbone: SnapshotBackbone | undefined): string[] {
  const names = backbone === undefined ? undefined : outputNames(backbone.source);
  if (names === undefined) return argument.default === 'all' ? [] : [argument.default];
  const coarsestFirst = names.toReversed();
  if (argument.single) return first(usualRange(argument, backbone), coarsestFirst);
  const ranges = coarsestFirst.flatMap((last) => [
    ...names.slice(0, names.indexOf(last)).map((name) => `${name}..${last}`),
    last,
  ]);
  return first(usualRange(argument, backbone), ranges).slice(0, MOST_RANGES);
}

/** What is read where nothing is written, by the names that the outputs of this backbone have. */
function usualRange(argument: LevelsArgument, backbone: SnapshotBackbone | undefined): string | undefined {
  const network = backbone?.analysis?.network;
  if (network === undefined) return argument.default;
  const range = usualLevels(argument, outputsOf(network));
  return range === undefined || range.first === range.last ? range?.first : `${range.first}..${range.last}`;
}

const first = (name: string | undefined, all: readonly string[]): string[] =>
  name !== undefined && all.includes(name) ? [name, ...all.filter((other) => other !== name)] : [...all];

/** `C3..C5`, or `C5` alone. */
function endsOf(range: string): NonNullable<Changed['from']> {
  const [start = '', end = start] = range.split('..');
  return { first: start, last: end };
}

/** `fpn(from: C3..C5, out: 256)` with places to fill in, by the arguments of its example; the name alone without any. */
export function partSnippet(part: PartDefinition, backbone: SnapshotBackbone | undefined, index = 1): string {
  const words = [...part.example.matchAll(/([\w-]+): ([\w.-]+)/g)].flatMap(([, name = '', value], i) => {
    const argument = partArgument(part, name);
    return argument === undefined ? [] : `${name}: ${placeholder(argument, index + i, backbone, value)}`;
  });
  return words.length === 0 ? part.name : `${part.name}(${words.join(', ')})`;
}
