import { readdirSync, readFileSync, unlinkSync } from 'node:fs';
import path from 'node:path';

/** A node as the runtime ran it, which need not be one of the model's: it fuses some, and adds others that change a layout. */
export interface RunNode {
  readonly name: string;
  /** What the runtime calls its operator. */
  readonly op: string;
  /** Dimensions of what it reads, weights too, as they were laid out: padded. */
  readonly shapes: readonly (readonly number[])[];
  /** Wall time of each run in ms, the first run first; whole microseconds. */
  readonly runs: readonly number[];
}

const KERNEL = '_kernel_time';

/** Reads what the runtime wrote about its nodes, and removes the file. It is found by how its name begins: nobody says its name. */
export function takeNodeTimes(folder: string, prefix: string): RunNode[] {
  const nodes = new Map<string, RunNode & { readonly runs: number[] }>();
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix)) continue;
    const file = path.join(folder, name);
    const events: unknown = JSON.parse(readFileSync(file, 'utf8'));
    unlinkSync(file);
    if (!Array.isArray(events)) continue;
    for (const event of events) {
      if (!isKernel(event)) continue;
      const known = nodes.get(event.name);
      const node = known ?? {
        name: event.name.slice(0, -KERNEL.length),
        op: event.args.op_name,
        shapes: event.args.input_type_shape.flatMap((shape) => Object.values(shape)),
        runs: [],
      };
      if (known === undefined) nodes.set(event.name, node);
      node.runs.push(event.dur / 1000);
    }
  }
  return [...nodes.values()];
}

interface KernelEvent {
  readonly name: string;
  readonly dur: number;
  readonly args: { readonly op_name: string; readonly input_type_shape: readonly Record<string, readonly number[]>[] };
}

function isKernel(event: unknown): event is KernelEvent {
  if (typeof event !== 'object' || event === null || !('name' in event) || !('dur' in event) || !('args' in event))
    return false;
  const { name, dur, args } = event;
  if (typeof name !== 'string' || !name.endsWith(KERNEL) || typeof dur !== 'number') return false;
  if (typeof args !== 'object' || args === null || !('op_name' in args) || !('input_type_shape' in args)) return false;
  return typeof args.op_name === 'string' && Array.isArray(args.input_type_shape);
}
