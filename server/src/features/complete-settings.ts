import { CompletionItemKind } from 'vscode-languageserver-types';
import { scoreOf } from '../analysis/score-of.ts';
import { type CostName, costOf, isCostName } from '../cost/budget.ts';
import { costNamed, limitedCosts } from '../cost/registry.ts';
import { objectiveNamed, scoringBy } from '../entropy/objectives/registry.ts';
import type { CursorContext } from '../language/cursor-context.ts';
import { DEFAULT_SEARCH, isSettingName, SETTING_NAMES, settingOf } from '../language/search-settings.ts';
import { STATEMENTS } from '../language/word-docs.ts';
import { LATENCY } from '../latency/latency-cost.ts';
import { latencyLimits, minimisedTimes, timeProposals } from './complete-device.ts';
import { spaceNameProposals } from './complete-space.ts';
import { varyLine } from './complete-vary.ts';
import { inputText } from './hover-tables.ts';
import { choice, field, numberProposal, type Proposal } from './proposal.ts';
import { scoredBy } from './score-text.ts';
import type { Snapshot, SnapshotBackbone } from './snapshot.ts';

/** Costs that the budget does not limit yet, each with the present cost of the backbone that it is for. */
export function limitProposals(snapshot: Snapshot, { tokens, declaration, next }: CursorContext): Proposal[] {
  const limited = new Set(tokens.map((t) => t.text));
  const [held] = heldTo(snapshot, declaration?.name);
  const everywhere = limitedCosts()
    .filter((cost) => !limited.has(cost))
    .map((cost): Proposal => {
      const amount = held?.analysis === undefined ? undefined : limitText(cost, costOf(held.analysis.costs, cost));
      return {
        label: cost,
        kind: CompletionItemKind.Property,
        insert: next === '<=' ? cost : `${cost} <= ${field(1, amount ?? usual(cost))}`,
        doc: `${costNamed(cost)?.doc ?? ''}\n\n\`${costNamed(cost)?.formula ?? ''}\``,
      };
    });
  return [...everywhere, ...latencyLimits(snapshot, limited)];
}

const usual = (cost: CostName): string => costNamed(cost)?.usual ?? '1G';

/** Backbones that the budget may be for: those held to it, or else all. */
function heldTo(snapshot: Snapshot, budget: string | undefined): SnapshotBackbone[] {
  const known = snapshot.backbones.filter((b) => b.analysis !== undefined);
  const held = known.filter((b) => b.budgets.some((other) => other.name === budget));
  return held.length > 0 ? held : known;
}

const SHARES = [1, 0.8, 0.5, 1.25, 1.5, 2];

/** Limits taken from what the backbones cost now. */
export function amountProposals(snapshot: Snapshot, { declaration }: CursorContext, cost: string): Proposal[] {
  if (cost === LATENCY) return timeProposals(snapshot, heldTo(snapshot, declaration?.name), SHARES, limitText);
  if (!isCostName(cost)) return [];
  const proposals = heldTo(snapshot, declaration?.name).flatMap(({ source, analysis }) => {
    if (analysis === undefined) return [];
    const at = inputText(analysis.backbone.input);
    return SHARES.map((share): Proposal => {
      const part = share === 1 ? 'what' : `${share * 100} % of what`;
      const label = limitText(cost, costOf(analysis.costs, cost) * share);
      return numberProposal(label, { detail: `${part} ${source.name} has at ${at}` });
    });
  });
  const first = numberProposal(usual(cost));
  const unique = new Map(proposals.toReversed().map((proposal) => [proposal.label, proposal]));
  return proposals.length === 0 ? [first] : proposals.filter((proposal) => unique.get(proposal.label) === proposal);
}

/** An amount as a limit is written: rounded up to three digits, so that what has it stays within. */
export function limitText(cost: CostName, value: number): string {
  const definition = costNamed(cost);
  if (definition?.unit === 'milliseconds') return `${Number((Math.ceil(value * 100) / 100).toPrecision(4))}ms`;
  if (definition?.unit === 'number') return String(Math.ceil(1000 * value) / 1000);
  const unit = definition?.unit === 'bytes' ? 'B' : '';
  const scale = [1e12, 1e9, 1e6, 1e3].findIndex((factor) => value >= factor);
  const factor = [1e12, 1e9, 1e6, 1e3][scale] ?? 1;
  if (definition?.unit === 'layers' || factor === 1) return `${Math.max(1, Math.ceil(value))}${unit}`;
  const scaled = value / factor;
  const digits = scaled >= 100 ? 1 : scaled >= 10 ? 10 : 100;
  const prefix = ['T', 'G', 'M', 'k'][scale] ?? '';
  return `${Math.ceil(Number((scaled * digits).toPrecision(12))) / digits}${prefix}${unit}`;
}

/** Settings that the search does not have yet. */
export function settingProposals(snapshot: Snapshot, context: CursorContext): Proposal[] {
  const { design } = snapshot;
  const { tokens, next } = context;
  const written = new Set(tokens.map((t) => t.text));
  const start = design.backbones[0]?.name ?? 'my_backbone';
  const within = design.budgets[0]?.name ?? 'my_budget';
  const all: Proposal[] = [
    { label: 'start', kind: CompletionItemKind.Keyword, insert: `start ${field(1, start)}`, doc: STATEMENTS.start.doc },
    {
      label: 'within',
      kind: CompletionItemKind.Keyword,
      insert: `within ${field(1, within)}`,
      doc: STATEMENTS.within.doc,
    },
    ...SETTING_NAMES.map((label): Proposal => {
      const setting = settingOf(label);
      const value = setting.type === 'number' ? field(1, setting.usual[0] ?? '') : choice(1, setting.values);
      const sign = setting.type === 'number' && setting.sign !== undefined ? `${setting.sign} ` : '';
      return {
        label,
        kind: CompletionItemKind.Property,
        insert: next === '>=' ? label : `${label} ${sign}${value}`,
        doc: setting.doc,
      };
    }),
    ...varyLine(snapshot, context),
  ];
  // A score is held only while a cost is minimised.
  return all.filter(({ label }) => !written.has(label) && (label !== 'score' || written.has('minimise')));
}

const numbers = (labels: readonly string[]): Proposal[] => labels.map((label) => numberProposal(label));

export function settingValueProposals(
  snapshot: Snapshot,
  context: CursorContext,
  { setting: name, signed }: { readonly setting: string; readonly signed: boolean },
): Proposal[] {
  if (!isSettingName(name)) return [];
  const setting = settingOf(name);
  if (name === 'score') {
    const known = scoreProposals(snapshot, context);
    const proposals = known.length > 0 || setting.type !== 'number' ? known : numbers(setting.usual);
    return signed
      ? proposals
      : proposals.map((proposal) => ({ ...proposal, label: `>= ${proposal.label}`, free: false }));
  }
  if (setting.type === 'number') return numbers(setting.usual);
  if (setting.type === 'name') return spaceNameProposals(snapshot);
  const values = setting.values.map(
    (label): Proposal => ({
      label,
      kind: CompletionItemKind.EnumMember,
      ...(label === setting.default ? { detail: 'the default' } : {}),
      ...valueDoc(name, label),
    }),
  );
  return setting.type === 'cost' ? [...values, ...minimisedTimes(snapshot)] : values;
}

/** What a cost or an objective is; other words say enough. */
function valueDoc(setting: string, value: string): Partial<Proposal> {
  const doc =
    setting === 'minimise' ? costNamed(value)?.doc : setting === 'objective' ? objectiveNamed(value)?.doc : undefined;
  return doc === undefined ? {} : { doc };
}

/** What the backbones score now, that of the search's start first: rounded down, so that what has it holds it. */
function scoreProposals({ backbones }: Snapshot, { tokens }: CursorContext): Proposal[] {
  const written = (name: string): string | undefined => tokens.find((_, i) => tokens[i - 1]?.text === name)?.text;
  const objective = objectiveNamed(written('objective') ?? DEFAULT_SEARCH.objective);
  // Nobody knows a measured score before the search.
  if (objective === undefined || objective.measured) return [];
  const start = written('start');
  const scoring = scoringBy(objective, written('estimator') === 'exact' ? 'exact' : DEFAULT_SEARCH.estimator);
  return backbones
    .toSorted((a, b) => Number(b.source.name === start) - Number(a.source.name === start))
    .flatMap(({ source, analysis }): Proposal[] => {
      if (analysis === undefined) return [];
      const label = (Math.floor(10 * scoreOf(analysis, scoring)) / 10).toFixed(1);
      return [numberProposal(label, { detail: `what ${source.name} scores (${scoredBy(scoring)})` })];
    });
}
