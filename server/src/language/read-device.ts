import type { CostName } from '../cost/budget.ts';
import { profileFile } from '../latency/profile.ts';
import type { Profiles } from '../latency/profiles.ts';
import type * as ast from './generated/ast.ts';
import type { Problem, Span } from './problem.ts';
import type { Report } from './report.ts';
import { propertySpan, recovered, spanOf } from './span.ts';

/** What may be `on` a device: a limit of a budget, and the cost that a search minimises. */
type OnDevice = ast.Limit | ast.ValueSetting;

/**
 * The cost that the device of a latency stands for; what is wrong with its profile is told at its name.
 *
 * @param example how it is written
 */
export function readDevice(node: OnDevice, profiles: Profiles, example: string, report: Report): CostName | undefined {
  const { device } = recovered(node);
  if (device === undefined) {
    const message = `A latency is that of a device: write '${example}', where NAME.maeprofile.json is its profile.`;
    report({ code: 'missing-device', severity: 'error', message, span: spanOf(node) });
    return undefined;
  }
  const found = profiles(device);
  if (found.kind === 'found') return found.cost;
  const span = propertySpan(node, 'device');
  const file = profileFile(device);
  const data = { kind: 'profile', device } as const;
  if (found.kind === 'missing') {
    const message = `There is no profile of ${device}: ${file} is not beside this file. Make it on that device with 'mae profile --out ${file}'.`;
    report({ code: 'no-profile', severity: 'error', message, span, data });
  } else {
    const message = `${file} cannot be used. ${found.message}`;
    report({ code: 'bad-profile', severity: 'error', message, span, data });
  }
  return undefined;
}

/** @param before what stands before `on NAME`, which can go */
export function onWithoutDevice(node: OnDevice, what: string, before: Span): Problem {
  const device = propertySpan(node, 'device');
  const span = { start: before.end, end: device.end };
  const message = `${what} is the same on every device: only latency is 'on' one.`;
  return { code: 'unknown-argument', severity: 'error', message, span: device, data: { kind: 'remove', span } };
}
