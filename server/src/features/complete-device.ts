import { CompletionItemKind } from 'vscode-languageserver-types';
import { type CostName, costOf } from '../cost/budget.ts';
import { DEVICE_WORDS } from '../language/word-docs.ts';
import { deviceModel, LATENCY } from '../latency/latency-cost.ts';
import { field, numberProposal, type Proposal } from './proposal.ts';
import type { Snapshot, SnapshotBackbone } from './snapshot.ts';

/** The devices that have a profile beside the text. */
export const deviceProposals = (snapshot: Snapshot, on: boolean): Proposal[] =>
  snapshot.profiles.names().map((name) => ({
    label: on ? name : `on ${name}`,
    kind: CompletionItemKind.Reference,
    ...detailOf(snapshot, name),
  }));

/** What a device is; nothing of a profile that cannot be read, which is told when it is named. */
function detailOf({ profiles }: Snapshot, name: string): Pick<Proposal, 'detail'> {
  const found = profiles(name);
  const profile = found.kind === 'found' ? deviceModel(found.cost)?.profile : undefined;
  return profile === undefined ? {} : { detail: `${profile.device}, ${profile.runtime.name}` };
}

/** `latency` among the costs of a budget: on each device that has a profile and is not limited yet, or on one that has none. */
export function latencyLimits(snapshot: Snapshot, limited: ReadonlySet<string>): Proposal[] {
  const names = snapshot.profiles.names();
  const doc = DEVICE_WORDS.latency.doc;
  const kind = CompletionItemKind.Property;
  if (names.length === 0)
    return [{ label: LATENCY, kind, insert: `${LATENCY} <= ${field(1, '10ms')} on ${field(2, 'NAME')}`, doc }];
  return names
    .filter((name) => !limited.has(name))
    .map((name) => ({
      label: `${LATENCY} on ${name}`,
      kind,
      insert: `${LATENCY} <= ${field(1, '10ms')} on ${name}`,
      ...detailOf(snapshot, name),
      doc,
    }));
}

/** The times that a search may minimise. */
export const minimisedTimes = (snapshot: Snapshot): Proposal[] =>
  snapshot.profiles.names().map((name) => ({
    label: `${LATENCY} on ${name}`,
    kind: CompletionItemKind.EnumMember,
    ...detailOf(snapshot, name),
    doc: DEVICE_WORDS.latency.doc,
  }));

/** Times that a backbone takes now, and shares of them; where none is known some usual ones. */
export function timeProposals(
  snapshot: Snapshot,
  held: readonly SnapshotBackbone[],
  shares: readonly number[],
  textOf: (cost: CostName, value: number) => string,
): Proposal[] {
  const found = snapshot.profiles.names().flatMap((name): Proposal[] => {
    const profile = snapshot.profiles(name);
    if (profile.kind !== 'found') return [];
    return held.flatMap(({ source, analysis }) => {
      const value = analysis === undefined ? 0 : costOf(analysis.costs, profile.cost);
      if (value === 0) return [];
      return shares.map((share) => {
        const part = share === 1 ? 'what' : `${share * 100} % of what`;
        return numberProposal(textOf(profile.cost, value * share), {
          detail: `${part} ${source.name} takes on ${name}`,
        });
      });
    });
  });
  const usual = ['5ms', '10ms', '20ms', '50ms'].map((label) => numberProposal(label));
  return found.length === 0 ? usual : found;
}
