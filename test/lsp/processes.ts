import { execFileSync } from 'node:child_process';

/** Process numbers of what this server has started from one of our programs, such as measure.js. */
export function processesOf(server: number, program: string): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n');
  return rows.flatMap((row) => {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
    return Number(parent) === server && args.includes(program) ? [Number(pid)] : [];
  });
}
