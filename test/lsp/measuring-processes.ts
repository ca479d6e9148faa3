import { execFileSync } from 'node:child_process';

/** Process numbers of the measuring programs that this server has started. */
export function measuringProcesses(server: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n');
  return rows.flatMap((row) => {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
    return Number(parent) === server && args.includes('measure.js') ? [Number(pid)] : [];
  });
}
