import type { Position } from 'vscode-languageserver-types';
import { percent } from '../../../common/numbers.ts';
import type { CostName } from '../cost/budget.ts';
import type { Design } from '../language/design.ts';
import * as ast from '../language/generated/ast.ts';
import type { Span } from '../language/problem.ts';
import { contains, propertySpan, recovered } from '../language/span.ts';
import { DEVICE_WORDS } from '../language/word-docs.ts';
import { deviceModel, LATENCY } from '../latency/latency-cost.ts';
import { type Profile, profileFile } from '../latency/profile.ts';
import { wordHover } from './hover-words.ts';
import { code, paragraphs, table } from './markdown.ts';
import { offsetAt, type Snapshot } from './snapshot.ts';

/** A place of a text that names a device. */
interface DeviceUse {
  readonly device: string;
  readonly span: Span;
  readonly node: ast.Limit | ast.ValueSetting;
}

/** Every `on NAME` of a text: of its limits, and of what its searches minimise. */
function deviceUses({ budgets, searches }: Pick<Design, 'budgets' | 'searches'>): DeviceUse[] {
  const nodes = [
    ...budgets.flatMap(({ node }) => node.limits),
    ...searches.flatMap(({ node }) => node.settings.filter(ast.isValueSetting)),
  ];
  return nodes.flatMap((node) => {
    const { device } = recovered(node);
    return device === undefined ? [] : [{ device, span: propertySpan(node, 'device'), node }];
  });
}

/** The device that is named at a position. */
export function deviceNamed(snapshot: Snapshot, position: Position): string | undefined {
  const offset = offsetAt(snapshot, position);
  return deviceUses(snapshot.design).find(({ span }) => contains(span, offset))?.device;
}

/** `latency`, or the name of a device: what it is, and who timed it, when and how well; undefined for another word. */
export function deviceHover(
  { design, profiles }: Snapshot,
  node: ast.Limit | ast.ValueSetting,
  word: string,
): string | undefined {
  const { device } = recovered(node);
  const said = ast.isLimit(node) ? recovered(node).cost : recovered(node).value;
  if (word === 'on') return device === undefined ? undefined : wordHover('on', DEVICE_WORDS.on);
  const isLatency = said === LATENCY && word === LATENCY;
  if (!isLatency && word !== device) return undefined;
  const cost = costOfNode(design, node);
  const profile = cost === undefined ? undefined : deviceModel(cost)?.profile;
  const known =
    device === undefined
      ? undefined
      : profile === undefined
        ? unknownText(device, profiles)
        : profileText(device, profile);
  return isLatency ? paragraphs(wordHover(LATENCY, DEVICE_WORDS.latency), known) : known;
}

function costOfNode({ budgets, searches }: Design, node: ast.Limit | ast.ValueSetting): CostName | undefined {
  if (ast.isLimit(node)) return budgets.flatMap(({ limits }) => limits).find((own) => own.node === node)?.limit.cost;
  return searches.find((search) => search.node === node.$container)?.values.minimise;
}

function unknownText(device: string, profiles: Snapshot['profiles']): string {
  const found = profiles(device);
  const file = code(profileFile(device));
  if (found.kind === 'fault') return `**${device}** · ${file} cannot be used. ${found.message}`;
  return found.kind === 'missing' ? `**${device}** · There is no ${file} beside this file.` : `**${device}** · ${file}`;
}

function profileText(name: string, profile: Profile): string {
  const { device, runtime, threads, precision, date, timing, channelBlock, heldOut, operators } = profile;
  const points = operators.reduce((sum, own) => sum + own.points.length, 0);
  const block = channelBlock > 1 ? `${channelBlock}: widths between its multiples cost what the next one does` : 'none';
  const error =
    heldOut === undefined
      ? 'not tried on other networks'
      : `median ${percent(heldOut.medianError)}, 95 % within ${percent(heldOut.error95)}, rank correlation ${heldOut.rank.toFixed(3)} (${heldOut.networks} networks)`;
  return paragraphs(
    `**${name}** · ${device}`,
    table(
      ['', ''],
      [
        ['runtime', `${runtime.name} ${runtime.version}, ${precision}`],
        ['threads', String(threads)],
        ['timed', `${date}, ${points} points, by ${timing.clock === 'cpu' ? 'processor time' : 'the clock'}`],
        ['noise', `${percent(timing.noise)}: what the same network differs by when it is timed twice`],
        ['error', error],
        ['channel block', block],
      ],
      [1],
    ),
    `In ${code(profileFile(name))}.`,
  );
}
