import { CompletionItemKind } from 'vscode-languageserver-types';
import { withValue } from '../backbone/argument-values.ts';
import type { Group } from '../backbone/backbone.ts';
import type { CursorContext } from '../language/cursor-context.ts';
import type { GroupCursor } from '../language/cursor-group.ts';
import { argumentNamed, argumentsOf, blockNamed, blockNames, requiredNames } from '../language/vocabulary.ts';
import { roundToGrid } from '../space/grid.ts';
import { type GroupLimits, limitsOfGroup } from '../space/limits.ts';
import { around, bottlenecks, effectsOf, kernels, outputs, type Surroundings, surroundings } from './group-numbers.ts';
import type { FeatureOptions } from './options.ts';
import { choice, field, numberProposal, type Proposal } from './proposal.ts';
import type { SnapshotBackbone } from './snapshot.ts';

/** What completion knows about the group that is typed. */
export interface GroupRequest {
  readonly backbone: SnapshotBackbone | undefined;
  readonly group: GroupCursor;
  readonly context: CursorContext;
  readonly options: FeatureOptions;
}

/** The value to begin with for each required argument of a block. */
function placeholders(
  block: string,
  head: GroupCursor['head'],
  around: Surroundings,
): Readonly<Record<string, string>> {
  const out = outputs(around, head)[0] ?? 32;
  const fitting = kernels(around);
  return {
    out: field(1, out),
    btn: field(2, bottlenecks(out, block)[0] ?? 8),
    k: choice(3, fitting),
    s: head === '+' ? '1' : '2',
  };
}

/** `bottleneck(out: 512, btn: 128, k: 3, s: 2) x 1`, with places to fill in. */
export function blockSnippet(block: string, head: GroupCursor['head'], near: Surroundings): string {
  const values = placeholders(block, head, near);
  const words = requiredNames(block).map((name) => `${name}: ${values[name] ?? ''}`);
  const single = blockNamed(block)?.repeats === false;
  return `${block}(${words.join(', ')})${single ? '' : ` x ${field(4, 1)}`}`;
}

/** Every block with its required arguments; the block of the group before it first. */
export function blockProposals({ backbone, group, context }: GroupRequest): Proposal[] {
  const near = surroundings(backbone, group.index);
  const usual = near.block ?? (group.head === 'stem' ? 'conv' : 'bottleneck');
  const kinds = [...blockNames()].sort((a, b) => Number(b === usual) - Number(a === usual));
  return kinds.map((block) => ({
    label: block,
    kind: CompletionItemKind.Function,
    insert: context.next === '(' ? block : blockSnippet(block, group.head, near),
    doc: blockNamed(block)?.doc ?? '',
    preselect: block === usual,
  }));
}

/** The arguments that the block takes and that are not written yet, required ones first. */
export function argumentProposals({ backbone, group, context }: GroupRequest): Proposal[] {
  const { block } = group;
  const known = block === undefined ? undefined : blockNamed(block);
  const taken = new Set([...group.given.keys(), ...writtenAfter(context)]);
  const values = placeholders(block ?? '', group.head, surroundings(backbone, group.index));
  return argumentsOf(known?.name)
    .filter(({ name }) => !taken.has(name))
    .map((argument) => {
      const { name } = argument;
      const value = argument.type === 'number' ? (values[name] ?? '') : choice(1, Object.keys(argument.values));
      const required = known?.required.includes(argument) === true;
      return {
        label: name,
        kind: CompletionItemKind.Field,
        insert: context.next === ':' ? name : `${name}: ${value}`,
        detail: required ? 'required' : 'optional',
        doc: argument.doc,
      };
    });
}

/** Names of the arguments of the same group that stand behind the cursor. */
export function writtenAfter({ tokens, word }: CursorContext): string[] {
  const after = tokens.filter((t) => t.start >= word.end);
  const end = after.findIndex((t) => t.begins !== undefined || t.text === ')' || t.text === '(');
  const own = end < 0 || after[end]?.text !== ')' ? [] : after.slice(0, end);
  return own.filter((_, index) => own[index + 1]?.text === ':').map((t) => t.text);
}

/** Values of an argument: choices with their meaning, numbers with what they change. */
export function valueProposals(request: GroupRequest, name: string): Proposal[] {
  const argument = argumentNamed(name);
  if (argument === undefined) return [];
  if (argument.type !== 'number') {
    return Object.entries(argument.values).map(([value, meaning]) => ({
      label: value,
      kind: CompletionItemKind.EnumMember,
      detail: value === argument.default ? `${meaning}, the default` : meaning,
    }));
  }
  const { backbone, group } = request;
  const near = surroundings(backbone, group.index);
  const written = backbone?.source.groups[group.index]?.fields;
  switch (argument.field) {
    case 'out':
      return numberProposals(
        request,
        offered(request, 'out', [...around(written?.out), ...outputs(near, group.head)]),
        (out) => ({ out }),
      );
    case 'btn': {
      const out = Number(group.given.get('out') ?? written?.out ?? near.channels ?? 256);
      const widths = Number.isFinite(out) ? bottlenecks(out, group.block) : [];
      return numberProposals(request, offered(request, 'btn', [...around(written?.btn), ...widths]), (btn) => ({
        btn,
      }));
    }
    case 'kernel':
      return numberProposals(request, offeredKernels(request, [...kernels(near), 1]), (kernel) => ({ kernel }));
    case 'stride':
      return (group.head === '+' ? ['1', '2'] : ['2', '1']).map((label) => ({
        label,
        kind: CompletionItemKind.Value,
        detail: label === '2' ? 'opens a stage' : 'keeps the resolution',
      }));
    default:
      return numberProposals(request, argument.usual, (value) => withValue({}, argument, value));
  }
}

/** The limits of the group that is typed, where a search says in which space it may change. */
function limitsHere({ backbone, group }: GroupRequest): GroupLimits | undefined {
  const known = backbone?.analysis?.backbone;
  return backbone?.space === undefined || known === undefined
    ? undefined
    : limitsOfGroup(known, group.index, backbone.space);
}

/** Widths on the grid and within the limits of the space. */
function offered(request: GroupRequest, field: 'out' | 'btn', widths: readonly number[]): readonly number[] {
  const limits = limitsHere(request)?.[field];
  if (limits === undefined) return widths;
  const { least, most, step } = limits;
  return widths.map((width) => roundToGrid(width, 1, step)).filter((width) => width >= least && width <= most);
}

function offeredKernels(request: GroupRequest, kernels: readonly number[]): readonly number[] {
  const choices = limitsHere(request)?.kernels;
  return choices === undefined || choices.own ? kernels : choices.of;
}

const DEPTHS = [1, 2, 3, 4, 6, 8, 10];

export function depthProposals(request: GroupRequest): Proposal[] {
  const written = request.backbone?.source.groups[request.group.index]?.fields.depth ?? 1;
  const steps = [written - 1, written + 1, written + 2].filter((depth) => depth > 0);
  const { least = 1, most = Infinity } = limitsHere(request)?.depth ?? {};
  const depths = [...DEPTHS, ...steps].filter((depth) => depth >= least && depth <= most);
  return numberProposals(request, depths, (depth) => ({ depth }));
}

/** Numbers in rising order, those within every budget first; the one that scores most of them is chosen. */
function numberProposals(
  { backbone, group, options }: GroupRequest,
  values: readonly number[],
  fieldOf: (value: number) => Partial<Group>,
): Proposal[] {
  const source = backbone?.source.groups[group.index];
  const tried = backbone === undefined ? undefined : effectsOf(backbone, source, fieldOf, options);
  const numbers = [...new Set(values)].sort((a, b) => a - b);
  const proposals = numbers.map((value) => ({ value, effect: tried?.(value) }));
  const fitting = proposals.filter((p) => p.effect?.fits !== false);
  const best = Math.max(...fitting.map((p) => p.effect?.score ?? Number.NEGATIVE_INFINITY));
  return [...fitting, ...proposals.filter((p) => p.effect?.fits === false)].map(({ value, effect }) =>
    numberProposal(
      String(value),
      effect === undefined ? {} : { detail: effect.text, preselect: effect.fits && effect.score === best },
    ),
  );
}
