import { type Cell, type GraphNode, inputRef, type Ref, shapeAt } from '../../graph/cell.ts';
import { ACTS, type Helper } from './block-template.ts';

/** A number of a node, which may be another one in another cell of the same structure. */
export interface Slot {
  /** What it is called where it is an argument. */
  readonly named: 'width' | 'kernel_size' | 'stride' | 'groups' | 'dilation' | 'start' | 'stop' | 'parts';
  readonly of: (cell: Cell) => number;
}

/** The text of a slot: a number, or the name of an argument. */
type Filled = (slot: Slot) => string;

/** What a node becomes: a module of the constructor that `forward` calls, or an expression of `forward` alone. */
export interface NodeText {
  readonly slots: readonly Slot[];
  readonly module?: (text: Filled) => string;
  /** @param reads what it reads, as `forward` calls it
   *  @param own its module, as `forward` calls it */
  readonly value: (reads: readonly string[], own: string, text: Filled) => string;
  readonly helper?: Helper;
}

/** For each node that is written with a convolution that convolution: its BatchNorm, and its activation. */
export type Folded = ReadonlyMap<number, number>;

/** Norms and activations stand with their convolution, unless somebody else reads what is between them. */
export function foldNorms({ nodes, output }: Cell): Folded {
  const readers = (ref: Ref): number => nodes.filter(({ reads }) => reads.includes(ref)).length;
  const folded = new Map<number, number>();
  nodes.forEach(({ operator, reads }, index) => {
    const [from = inputRef(0)] = reads;
    const before = nodes[from]?.operator.op;
    if (from < 0 || from === output || readers(from) !== 1) return;
    const conv = folded.get(from);
    if (operator.op === 'batchnorm' && before === 'conv') folded.set(index, from);
    if (operator.op === 'activation' && before === 'batchnorm' && conv !== undefined) folded.set(index, conv);
  });
  return folded;
}

/** The operator of a cell that no module of a backbone computes, if there is one. */
export const unwritable = ({ nodes }: Cell): string | undefined =>
  nodes.map(({ operator }) => operator.op).find((op) => op === 'regions' || op === 'flatten' || op === 'statistics');

const python = (yes: boolean): string => (yes ? 'True' : 'False');

export function nodeText(cell: Cell, node: GraphNode, index: number, folded: Folded): NodeText {
  const { operator, reads } = node;
  const from = reads[0] ?? inputRef(0);
  const slot = (named: Slot['named'], field: string): Slot => ({
    named,
    of: (other) => Number(Object.entries(other.nodes[index]?.operator ?? {}).find(([name]) => name === field)?.[1]),
  });
  const width = (ref: Ref): Slot => ({ named: 'width', of: (other) => shapeAt(other, ref).channels });
  const called: NodeText['value'] = ([x = 'x'], own) => `${own}(${x})`;
  const module = (text: (filled: Filled) => string, slots: readonly Slot[] = []): NodeText => ({
    slots,
    module: text,
    value: called,
  });
  switch (operator.op) {
    case 'conv':
      return convolution(cell, index, folded, {
        from: width(from),
        to: width(index),
        kernel: slot('kernel_size', 'kernel'),
        stride: slot('stride', 'stride'),
        groups: slot('groups', 'groups'),
        dilation: slot('dilation', 'dilation'),
      });
    case 'deconv': {
      const slots = [width(from), width(index), slot('kernel_size', 'kernel')] as const;
      const [a, b, k] = slots;
      return module(
        (t) => `nn.ConvTranspose2d(${t(a)}, ${t(b)}, ${t(k)}, ${t(k)}, bias=${python(operator.bias)})`,
        slots,
      );
    }
    case 'linear': {
      const slots = [width(from), width(index)] as const;
      return module((t) => `nn.Conv2d(${t(slots[0])}, ${t(slots[1])}, 1, bias=${python(operator.bias)})`, slots);
    }
    case 'maxpool': {
      const slots = [slot('kernel_size', 'kernel'), slot('stride', 'stride')] as const;
      return module((t) => `nn.MaxPool2d(${t(slots[0])}, ${t(slots[1])}, (${t(slots[0])} - 1) // 2)`, slots);
    }
    case 'avgpool': {
      const { kernel, stride } = operator;
      const ends = `ceil_mode=${python(kernel % 2 === 0)}, count_include_pad=False`;
      return module(() => `nn.AvgPool2d(${kernel}, ${stride}, ${Math.floor((kernel - 1) / 2)}, ${ends})`);
    }
    case 'batchnorm':
      return module((t) => `nn.BatchNorm2d(${t(width(index))})`, [width(index)]);
    case 'groupnorm':
      return module((t) => `nn.GroupNorm(${operator.groups}, ${t(width(index))})`, [width(index)]);
    case 'activation':
      return module(() => `${ACTS[operator.kind]}()`);
    case 'upsample':
      return module(() => `nn.Upsample(scale_factor=${2 ** (shapeAt(cell, from).halvings - operator.halvings)})`);
    case 'scale':
      return { ...module(() => 'nn.Parameter(torch.ones(1))'), value: ([x = 'x'], own) => `${x} * ${own}` };
    case 'globalpool':
      return { slots: [], value: ([x = 'x']) => `${x}.mean((2, 3), keepdim=True)` };
    case 'sum':
      return { slots: [], value: (all) => all.join(' + ') };
    case 'product':
      return { slots: [], value: (all) => all.join(' * ') };
    case 'concat':
      return { slots: [], value: (all) => `torch.cat((${all.join(', ')}), 1)` };
    case 'split': {
      const slots = [slot('start', 'from'), slot('stop', 'to')] as const;
      return { slots, value: ([x = 'x'], _, t) => `${x}[:, ${t(slots[0])}:${t(slots[1])}]` };
    }
    case 'shuffle': {
      const parts = slot('parts', 'parts');
      return {
        slots: [parts],
        value: ([x = 'x'], _, t) => `channel_shuffle(${x}, ${t(parts)})`,
        helper: 'channel_shuffle',
      };
    }
    default:
      return { slots: [], value: ([x = 'x']) => x };
  }
}

type ConvSlots = Readonly<Record<'from' | 'to' | 'kernel' | 'stride' | 'groups' | 'dilation', Slot>>;

/** With what is folded into it, or by itself. */
function convolution(cell: Cell, index: number, folded: Folded, own: ConvSlots): NodeText {
  const operator = cell.nodes[index]?.operator;
  const bias = operator?.op === 'conv' && operator.bias;
  const behind = [...folded].filter(([, conv]) => conv === index).map(([at]) => cell.nodes[at]?.operator);
  const last = behind.at(-1);
  const named = (name: string, text: string, usual = '1'): string => (text === usual ? '' : `, ${name}=${text}`);
  const slots = Object.values(own);
  const value: NodeText['value'] = ([x = 'x'], module) => `${module}(${x})`;
  if (behind.length === 0) {
    const module = (t: Filled): string => {
      const [k, d] = [t(own.kernel), t(own.dilation)];
      const padding = named('padding', d === '1' ? `(${k} - 1) // 2` : `${d} * (${k} - 1) // 2`);
      const rest = `${named('stride', t(own.stride))}${padding}${named('groups', t(own.groups))}${named('dilation', d)}`;
      return `nn.Conv2d(${t(own.from)}, ${t(own.to)}, ${k}${rest}${named('bias', python(bias), 'True')})`;
    };
    return { slots, value, module };
  }
  const act = last?.op === 'activation' ? (ACTS[last.kind] ?? 'None') : 'None';
  const module = (t: Filled): string => {
    const rest = `${named('stride', t(own.stride))}${named('groups', t(own.groups))}${named('dilation', t(own.dilation))}`;
    const ends = `${named('bias', python(bias), 'False')}${named('act', act, 'nn.ReLU')}`;
    return `ConvNormAct(${t(own.from)}, ${t(own.to)}, ${t(own.kernel)}${rest}${ends})`;
  };
  return { slots, value, module, helper: 'ConvNormAct' };
}
