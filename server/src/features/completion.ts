import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver-types';
import { type CursorContext, contextAt } from '../language/cursor-context.ts';
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
import { inputText } from './hover-tables.ts';
import type { FeatureOptions } from './options.ts';
import { type CompletionAbilities, itemsOf, type Proposal } from './proposal.ts';
import { offsetAt, rangeOf, type Snapshot, type SnapshotBackbone } from './snapshot.ts';

/** Characters after which an editor asks on its own. */
export const COMPLETION_TRIGGERS: readonly string[] = [' ', '(', ',', ':', '=', '+'];

/** What can stand at a position. It reads tokens and last good numbers, so it works on a line that is half written. */
export function completion(
  snapshot: Snapshot,
  position: Position,
  options: FeatureOptions,
  abilities: CompletionAbilities,
): CompletionItem[] {
  const text = snapshot.document.getText();
  const context = contextAt(text, offsetAt(snapshot, position));
  const proposals = proposalsAt(snapshot, context, options);
  // `k:|` and `<=|` want a space before their value.
  const lead = /[:,=+]/.test(text[context.word.start - 1] ?? '') ? ' ' : '';
  return itemsOf(proposals, rangeOf(snapshot, context.word), lead, abilities);
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
    case 'stage-weight':
      return stageWeightProposals(context);
    case 'weight':
      return ['1', '6', '0'].map((label) => ({ label, kind: CompletionItemKind.Value }));
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
