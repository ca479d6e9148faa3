import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver-types';
import { type CursorContext, contextAt } from '../language/cursor-context.ts';
import { classesProposals, detectorLineProposals, detectorNames, partProposals } from './complete-detector.ts';
import { deviceProposals } from './complete-device.ts';
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
import { type PartRequest, partArgumentProposals, partValueProposals } from './complete-part.ts';
import { amountProposals, limitProposals, settingProposals, settingValueProposals } from './complete-settings.ts';
import { spaceLineProposals, spaceValueProposals, stepProposals } from './complete-space.ts';
import { varyProposals } from './complete-vary.ts';
import { inputText } from './hover-tables.ts';
import type { FeatureOptions } from './options.ts';
import { itemsOf, numberProposal, type Proposal } from './proposal.ts';
import { offsetAt, rangeOf, type Snapshot, type SnapshotBackbone, type SnapshotDetector } from './snapshot.ts';
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
  'detector-line',
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
  const own = { backbone: backboneAt(snapshot, declaration), detector: detectorAt(snapshot, declaration) };
  const found = ownProposals(snapshot, own, context, options);
  if (!lineStart || FINISHED.includes(place.kind)) return found;
  switch (declaration?.keyword) {
    case 'backbone':
      return [...found, ...statementProposals(snapshot, own.backbone, context)];
    case 'detector':
      return [...found, ...detectorLineProposals(snapshot, own.detector, context)];
    default:
      return found;
  }
}

/** Places where a line that is not finished keeps nothing else from beginning. */
const FINISHED: readonly CursorContext['place']['kind'][] = ['statement', 'detector-line', 'declaration', 'none'];

/** What is being typed, where it has been read. */
interface Own {
  readonly backbone: SnapshotBackbone | undefined;
  readonly detector: SnapshotDetector | undefined;
}

type Declared = CursorContext['declaration'];

const backboneAt = ({ backbones }: Snapshot, declared: Declared): Own['backbone'] =>
  declared?.keyword === 'backbone' ? backbones.find(({ source }) => source.name === declared.name) : undefined;

const detectorAt = ({ detectors }: Snapshot, declared: Declared): Own['detector'] =>
  declared?.keyword === 'detector' ? detectors.find(({ source }) => source.name === declared.name) : undefined;

function ownProposals(
  snapshot: Snapshot,
  { backbone, detector }: Own,
  context: CursorContext,
  options: FeatureOptions,
): Proposal[] {
  const { place } = context;
  const part = (cursor: PartRequest['cursor']): PartRequest => ({ detector, cursor, context, options });
  const request = (group: GroupRequest['group']): GroupRequest => ({ backbone, group, context, options });
  switch (place.kind) {
    case 'none':
    case 'inside':
    case 'part-inside':
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
    case 'detector-line':
      return detectorLineProposals(snapshot, detector, context);
    case 'classes':
      return classesProposals();
    case 'part':
      return partProposals(snapshot, detector, context, place.cursor);
    case 'part-argument':
      return partArgumentProposals(part(place.cursor));
    case 'part-value':
      return partValueProposals(part(place.cursor), place.argument, place.lower);
    case 'limit':
      return limitProposals(snapshot, context);
    case 'amount':
      return amountProposals(snapshot, context, place.cost);
    case 'device':
      return [
        ...deviceProposals(snapshot, place.on),
        ...(context.lineStart && !place.on ? lineProposals(snapshot, context) : []),
      ];
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
    case 'vary':
      return varyProposals(snapshot, context);
    case 'setting-value':
      return settingValueProposals(snapshot, context, place);
  }
}

/** What may begin where a latency may also be left as it is. */
const lineProposals = (snapshot: Snapshot, context: CursorContext): Proposal[] =>
  context.declaration?.keyword === 'budget' ? limitProposals(snapshot, context) : settingProposals(snapshot, context);

/** Names that are declared, with what they stand for. */
function nameProposals(snapshot: Snapshot, of: 'backbone' | 'budget' | 'start'): Proposal[] {
  const { backbones, design } = snapshot;
  const kind = CompletionItemKind.Reference;
  const proposals: Proposal[] =
    of === 'budget'
      ? design.budgets.map(({ name, limits }) => ({
          label: name,
          kind,
          detail: limits.map(({ node }) => `${node.cost} <= ${node.amount}`).join(', '),
        }))
      : backbones.map(({ source }) => ({
          label: source.name,
          kind,
          ...(source.input === undefined ? {} : { detail: inputText(source.input) }),
        }));
  const all = of === 'start' ? [...proposals, ...detectorNames(snapshot)] : proposals;
  return all.filter(({ label }, index) => label !== '' && all.findIndex((p) => p.label === label) === index);
}
