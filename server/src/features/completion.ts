import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver-types';
import { type CursorContext, contextAt } from '../language/cursor-context.ts';
import { outputNameProposals, outputNodeProposals, readProposals, shareProposals } from './complete-graph.ts';
import {
  argumentProposals,
  blockProposals,
  depthProposals,
  type GroupRequest,
  valueProposals,
} from './complete-group.ts';
import {
  declarationProposals,
  inputProposals,
  stageNameProposals,
  stageWeightProposals,
  statementProposals,
} from './complete-lines.ts';
import { amountProposals, limitProposals, settingProposals, settingValueProposals } from './complete-settings.ts';
import { spaceLineProposals, spaceValueProposals, stepProposals } from './complete-space.ts';
import { inputText } from './hover-tables.ts';
import type { FeatureOptions } from './options.ts';
import { itemsOf, numberProposal, type Proposal } from './proposal.ts';
import { offsetAt, rangeOf, type Snapshot, type SnapshotBackbone } from './snapshot.ts';
import { type Template, templateProposals } from './templates.ts';

/**
 * Characters after which an editor asks on its own. A sign is followed by a space: would it ask too, the list of the sign
 * would still be open, and take Enter, when a number is already typed behind the space.
 */
export const COMPLETION_TRIGGERS: readonly string[] = [' ', '('];

/** How an editor asks. */
export interface CompletionRequest {
  /** Whether it can fill in placeholders. */
  readonly snippets: boolean;
  /** The character that made it ask on its own. */
  readonly trigger?: string | undefined;
  readonly templates?: readonly Template[];
}

/** What can stand at a position. It reads tokens and last good numbers, so it works on a line that is half written. */
export function completion(
  snapshot: Snapshot,
  position: Position,
  options: FeatureOptions,
  { snippets, trigger, templates = [] }: CompletionRequest,
): CompletionItem[] {
  const text = snapshot.document.getText();
  const offset = offsetAt(snapshot, position);
  const context = contextAt(text, offset);
  const { word, place } = context;
  if (trigger === ' ' && mayEnd(context)) return [];
  const found = proposalsAt(snapshot, context, options);
  const proposals = place.kind === 'declaration' ? [...found, ...templateProposals(templates, snapshot)] : found;
  // `k:|` and `<=|` want a space before their value.
  const lead = /[:,=+]/.test(text[word.start - 1] ?? '') ? ' ' : '';
  const typed = text.slice(word.start, offset);
  const own = typed === '' ? proposals : withOwn(proposals, typed, text.slice(offset, word.end));
  return itemsOf(own, { range: rangeOf(snapshot, word), typed, lead }, snippets);
}

/** Whether a space is no question, because the line may be left as it is: then Enter must be a new line. */
function mayEnd({ place, lineStart, tokens, word }: CursorContext): boolean {
  const goesOn = tokens.findLast((t) => t.end <= word.start)?.text === ',';
  return lineStart || (!goesOn && BEGINNINGS.includes(place.kind));
}

/** Places where nothing is missing: what stands there begins something new. */
const BEGINNINGS: readonly CursorContext['place']['kind'][] = [
  'declaration',
  'statement',
  'limit',
  'setting',
  'space-line',
];

/**
 * Where a number may stand, one that is being typed comes first: it is as good as ours. Behind its unit an editor asks on
 * its own, as after a letter of a word, but there it is complete.
 */
function withOwn(proposals: readonly Proposal[], typed: string, rest: string): readonly Proposal[] {
  if (!proposals.some((proposal) => proposal.free === true)) return proposals;
  if (rest === '' && Number.isNaN(Number(typed))) return proposals.filter((proposal) => proposal.free !== true);
  const own = typed + rest;
  const chosen = proposals.map((proposal) => ({ ...proposal, preselect: proposal.label === own }));
  return chosen.some(({ preselect }) => preselect) ? chosen : [numberProposal(own, { preselect: true }), ...chosen];
}

function proposalsAt(snapshot: Snapshot, context: CursorContext, options: FeatureOptions): Proposal[] {
  const { place, declaration, lineStart } = context;
  const backbone = declaration?.keyword === 'backbone' ? named(snapshot, declaration.name) : undefined;
  const own = ownProposals(snapshot, backbone, context, options);
  const unfinished = lineStart && declaration?.keyword === 'backbone' && !FINISHED.includes(place.kind);
  return unfinished ? [...own, ...statementProposals(snapshot, backbone, context)] : own;
}

/** Places where a line that is not finished keeps nothing else from beginning. */
const FINISHED: readonly CursorContext['place']['kind'][] = ['statement', 'declaration', 'none'];

const named = (snapshot: Snapshot, name: string | undefined): SnapshotBackbone | undefined =>
  snapshot.backbones.find((b) => b.source.name === name);

function ownProposals(
  snapshot: Snapshot,
  backbone: SnapshotBackbone | undefined,
  context: CursorContext,
  options: FeatureOptions,
): Proposal[] {
  const { place } = context;
  const request = (group: GroupRequest['group']): GroupRequest => ({ backbone, group, context, options });
  switch (place.kind) {
    case 'none':
    case 'inside':
      return [];
    case 'declaration':
      return declarationProposals(snapshot);
    case 'statement':
      return statementProposals(snapshot, backbone, context);
    case 'input':
      return inputProposals(place.given);
    case 'stage-name':
      return stageNameProposals(backbone, context);
    case 'node-name':
      return [];
    case 'read':
      return readProposals(backbone, context, place);
    case 'share':
      return shareProposals(backbone, context);
    case 'output-name':
      return outputNameProposals(context);
    case 'output-node':
      return outputNodeProposals(backbone, context);
    case 'stage-weight':
      return stageWeightProposals(context);
    case 'weight':
      return ['1', '6', '0'].map((label) => numberProposal(label));
    case 'block':
      return blockProposals(request(place.group));
    case 'argument':
      return argumentProposals(request(place.group));
    case 'value':
      return valueProposals(request(place.group), place.argument);
    case 'depth':
      return depthProposals(request(place.group));
    case 'name':
      return nameProposals(snapshot, place.of);
    case 'limit':
      return limitProposals(snapshot, context);
    case 'amount':
      return amountProposals(snapshot, context, place.cost);
    case 'setting':
      return settingProposals(snapshot, context);
    case 'space-line':
      return spaceLineProposals(snapshot, context, place);
    case 'space-value':
      return [
        ...spaceValueProposals(snapshot, place),
        ...(context.lineStart
          ? spaceLineProposals(snapshot, context, { ...place, kind: 'space-line', stepOf: undefined })
          : []),
      ];
    case 'space-step':
      return stepProposals();
    case 'setting-value':
      return settingValueProposals(snapshot, context, place);
  }
}

/** Names that are declared, with what they stand for. */
function nameProposals({ backbones, design }: Snapshot, of: 'backbone' | 'budget'): Proposal[] {
  const kind = CompletionItemKind.Reference;
  const proposals: Proposal[] =
    of === 'backbone'
      ? backbones.map(({ source }) => ({
          label: source.name,
          kind,
          ...(source.input === undefined ? {} : { detail: inputText(source.input) }),
        }))
      : design.budgets.map(({ name, limits }) => ({
          label: name,
          kind,
          detail: limits.map(({ node }) => `${node.cost} <= ${node.amount}`).join(', '),
        }));
  return proposals.filter(
    ({ label }, index) => label !== '' && proposals.findIndex((p) => p.label === label) === index,
  );
}
