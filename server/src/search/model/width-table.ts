import type { DeviceModel } from '../../latency/device-model.ts';
import { type BlockWidth, isAligned, msOf, type NodeTime, nameOf } from './node-times.ts';

const NOTHING = new Float64Array(0);

/**
 * Milliseconds of some operations of a block by two of its widths, or by one. Each place is filled when it is first asked for;
 * widths that are one to the device have one place, where they are one to all of these operations.
 */
export class WidthTable {
  private readonly rows: Float64Array[] = [];
  private readonly nodes: readonly NodeTime[];
  private readonly device: DeviceModel;
  private readonly x: BlockWidth;
  private readonly y: BlockWidth;
  /** The kernels' block of channels; 1 where every width has a place of its own. */
  readonly block: number;

  constructor(nodes: readonly NodeTime[], device: DeviceModel, x: BlockWidth, y: BlockWidth) {
    this.nodes = nodes;
    this.device = device;
    this.x = x;
    this.y = y;
    this.block = nodes.every(isAligned) ? device.profile.channelBlock : 1;
  }

  at(x: number, y: number): number {
    const row = this.rows[this.place(x)] ?? NOTHING;
    const ms = row[this.place(y)] ?? Number.NaN;
    return ms >= 0 ? ms : this.fill(x, y);
  }

  /** So few channels that they may be an image's have places of their own. */
  private place(width: number): number {
    return width <= FEW ? width : FEW + Math.ceil(width / this.block);
  }

  private fill(x: number, y: number): number {
    const widths = { a: 0, b: 0, o: 0, [this.y]: y, [this.x]: x };
    const ms = this.nodes.reduce((sum, node) => sum + msOf(node, this.device, widths), 0);
    const [i, j] = [this.place(x), this.place(y)];
    while (this.rows.length <= i) this.rows.push(NOTHING);
    let row = this.rows[i] ?? NOTHING;
    if (row.length <= j) {
      const wider = new Float64Array(Math.max(ROOM, j + 1, 2 * row.length)).fill(Number.NaN);
      wider.set(row);
      row = wider;
      this.rows[i] = row;
    }
    row[j] = ms;
    return ms;
  }
}

/** Above the channels of an image; a device may take others for it, and then has more places than it needs. */
const FEW = 8;
const ROOM = 16;

/** Tables that are kept for a device; of more all are forgotten, which costs time and changes nothing. */
const MOST_TABLES = 2000;
const known = new WeakMap<DeviceModel, Map<string, WidthTable>>();

/** The table of some operations. Groups at one resolution have many in common, and one table then serves all of them. */
export function tableOf(
  nodes: readonly NodeTime[],
  device: DeviceModel,
  x: BlockWidth,
  y: BlockWidth,
): WidthTable | undefined {
  if (nodes.length === 0) return undefined;
  if (nodes.some((node) => [node.in, node.out, node.groups].some(({ form }) => form === undefined)))
    return new WidthTable(nodes, device, x, y);
  const tables = known.get(device) ?? new Map<string, WidthTable>();
  known.set(device, tables);
  const key = JSON.stringify([x, y, nodes.map((node) => nameOf(node))]);
  const found = tables.get(key) ?? new WidthTable(nodes, device, x, y);
  if (tables.size >= MOST_TABLES) tables.clear();
  tables.set(key, found);
  return found;
}
