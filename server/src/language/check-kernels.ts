import { largestKernel } from '../space/grid.ts';
import { argumentSpan } from './argument-span.ts';
import type { GroupSource } from './read-group.ts';
import type { Report } from './report.ts';

/** A kernel that is larger than the smaller side of what its group reads. */
export function reportKernel(member: GroupSource, side: number, report: Report): void {
  const { kernel } = member.fields;
  if (kernel === undefined || kernel <= side) return;
  const largest = largestKernel(side);
  const message = `The kernel (${kernel}) is larger than its feature map (${side} positions a side): use k: ${largest} or less.`;
  const data = { kind: 'replace', with: [String(largest)] } as const;
  report({ code: 'kernel-too-large', severity: 'warning', message, span: argumentSpan(member, 'k'), data });
}
