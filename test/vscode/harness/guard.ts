// Stands between a test and the server it starts: `node guard.ts FOLDER SCRIPT ARGS…` runs the script and, should the
// test die without a word (a killed worker runs no clean-up of its own), ends it with all its children and removes the
// folder. The sign is that our standard input closes: the system closes it whatever way the other end went.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';

const GRACE = 2_000;
const [folder = '', ...args] = process.argv.slice(2);

const server = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
server.once('exit', (code) => process.exit(code ?? 1));
process.once('SIGTERM', () => server.kill('SIGTERM'));

process.stdin.resume();
process.stdin.once('close', () => {
  server.removeAllListeners('exit');
  server.once('exit', removeAll);
  server.kill('SIGTERM');
  setTimeout(removeAll, GRACE);
});

function removeAll(): void {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(process.pid), '/t', '/f']);
  else process.kill(-process.pid, 'SIGKILL');
}
