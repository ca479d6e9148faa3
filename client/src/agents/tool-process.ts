import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The answer of a tool, as text that a language model reads. */
export interface ToolText {
  readonly text: string;
  /** Whether it says why there is no answer. */
  readonly failed: boolean;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One process that is running: what is asked of it, and its first exchange. */
interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly waiting: Map<number, Waiting>;
  readonly ready: Promise<unknown>;
}

/** A process that nobody asks anything is ended after so long (ms). */
const IDLE = 300_000;

const PROTOCOL_VERSION = '2025-06-18';

/**
 * `mae mcp` as a process of its own, started when the first tool is called: a large design or a damaged model costs the
 * editor nothing. It speaks the Model Context Protocol, a JSON message a line.
 */
export class ToolProcess {
  private readonly cli: string;
  private readonly cwd: () => string;
  private running: Running | undefined;
  private idle: NodeJS.Timeout | undefined;
  private last = 0;

  /**
   * @param cli dist/cli.js
   * @param cwd what paths are relative to, asked when the process starts
   */
  constructor(cli: string, cwd: () => string) {
    this.cli = cli;
    this.cwd = cwd;
  }

  async call(name: string, input: object, signal: AbortSignal): Promise<ToolText> {
    this.running ??= this.start();
    const { running } = this;
    clearTimeout(this.idle);
    try {
      await running.ready;
      return toolText(await this.request(running, 'tools/call', { name, arguments: input }, signal));
    } finally {
      if (running.waiting.size === 0) this.idle = setTimeout(() => this.dispose(), IDLE).unref();
    }
  }

  dispose(): void {
    clearTimeout(this.idle);
    this.running?.child.kill();
    this.running = undefined;
  }

  private start(): Running {
    // VS Code's own Node, which on the desktop is an Electron.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const child = spawn(process.execPath, [this.cli, 'mcp'], { cwd: this.cwd(), env, windowsHide: true });
    const waiting = new Map<number, Waiting>();
    const gone = (why: string): void => {
      if (this.running?.child === child) this.running = undefined;
      for (const { reject } of waiting.values()) reject(new Error(why));
      waiting.clear();
    };
    child.on('error', ({ message }) => gone(`The tools of MAE-DET did not start: ${message}`));
    child.on('exit', (code) => gone(`The tools of MAE-DET ended with ${code}.`));
    // What is written to a process that just ended is lost with it.
    child.stdin.on('error', () => undefined);
    child.stderr.resume();
    createInterface({ input: child.stdout }).on('line', (line) => settle(waiting, line));
    const clientInfo = { name: 'mae-det-vscode', version: '1' };
    const params = { protocolVersion: PROTOCOL_VERSION, capabilities: {}, clientInfo };
    const ready = this.request({ child, waiting }, 'initialize', params).then(() =>
      send(child, { method: 'notifications/initialized' }),
    );
    return { child, waiting, ready };
  }

  private request(
    { child, waiting }: Pick<Running, 'child' | 'waiting'>,
    method: string,
    params: object,
    signal?: AbortSignal,
  ): Promise<unknown> {
    this.last += 1;
    const id = this.last;
    return new Promise<unknown>((resolve, reject) => {
      const cancel = (): void => {
        send(child, { method: 'notifications/cancelled', params: { requestId: id } });
        waiting.delete(id);
        reject(new Error('Cancelled.'));
      };
      if (signal?.aborted === true) return reject(new Error('Cancelled.'));
      signal?.addEventListener('abort', cancel, { once: true });
      const settled =
        <T>(give: (value: T) => void) =>
        (value: T) => {
          signal?.removeEventListener('abort', cancel);
          give(value);
        };
      waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
      send(child, { id, method, params });
    });
  }
}

const send = (child: ChildProcessWithoutNullStreams, message: object): void =>
  void child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

function settle(waiting: Map<number, Waiting>, line: string): void {
  const message: unknown = JSON.parse(line);
  const id = fieldOf(message, 'id');
  const waits = typeof id === 'number' ? waiting.get(id) : undefined;
  if (typeof id !== 'number' || waits === undefined) return;
  waiting.delete(id);
  const error = fieldOf(message, 'error');
  if (error === undefined) waits.resolve(fieldOf(message, 'result'));
  else waits.reject(new Error(String(fieldOf(error, 'message'))));
}

function toolText(result: unknown): ToolText {
  const content = fieldOf(result, 'content');
  const texts = Array.isArray(content) ? content.map((part: unknown) => fieldOf(part, 'text')) : [];
  return {
    text: texts.filter((text) => typeof text === 'string').join('\n'),
    failed: fieldOf(result, 'isError') === true,
  };
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
