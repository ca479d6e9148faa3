import { widthFaults } from '../backbone/width-faults.ts';
import { argumentSpan } from './argument-span.ts';
import type { GroupSource } from './read-group.ts';
import type { Report } from './report.ts';

/** What a block says of its widths and of the channels that it reads. True when nothing is wrong with them. */
export function reportWidths(member: GroupSource, channels: number, report: Report): boolean {
  const { group } = member;
  const faults = group === undefined ? [] : widthFaults(group, channels);
  for (const { argument, message, right } of faults) {
    const data = right === undefined ? {} : { data: { kind: 'replace', with: [right] } as const };
    report({ code: 'bad-width', severity: 'error', message, span: argumentSpan(member, argument), ...data });
  }
  return faults.length === 0;
}
