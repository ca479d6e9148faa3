import { blockOf } from '../../../backbone/blocks.ts';
import { lowerBlock } from '../../../backbone/lower.ts';
import type { Ref } from '../../../graph/cell.ts';
import { convolutionText } from './convolutions.ts';
import { actPair, type Difference, type Explanation, type FoundGroup, type Join } from './explanation.ts';
import { isImage, joined, type Known, plain, type Reserved, resampled, resamplingAt, reservedIn } from './joins.ts';
import { type Match, type MatchOptions, match } from './match.ts';
import type { Proposal } from './matcher.ts';
import { BLOCK_MATCHERS, LAYER_MATCHERS } from './matchers.ts';
import { printable } from './notes.ts';
import { isSayable } from './sayable.ts';
import { type Pattern, patternOf, readersOf, shapeAt } from './skeleton.ts';
import type { Trunk } from './trunk.ts';

/** A text with more lines is none that a person reads, and a file with more blocks none that the language computes. */
const MOST_GROUPS = 5_000;
const MOST_BLOCKS = 50_000;
/** What nodes read, all of them together: joins of joins grow with each layer. */
const MOST_READS = 20_000;
/** As many blocks as a group may have. */
const DEEPEST = 1_000;

/** Says a network in groups, from the image on, as far as blocks and what joins them explain it. */
export function explain(trunk: Trunk): Explanation {
  return new Explainer(trunk).run();
}

class Explainer implements Known {
  readonly net: Trunk['net'];
  readonly ends: Trunk['ends'];
  readonly used: Uint8Array;
  readonly groups: FoundGroup[] = [];
  readonly sources = new Map<Ref, Join>([[-1, plain(-1)]]);
  private readonly differences: Difference[] = [];
  private readonly acts = new Map<string, number>();
  private readonly reserved: Reserved;
  private blocks = 0;
  private reads = 0;

  constructor({ net, ends }: Trunk) {
    this.net = net;
    this.ends = ends;
    this.used = new Uint8Array(net.bones.length);
    this.reserved = reservedIn(net);
  }

  run(): Explanation {
    let stop: string | undefined;
    for (let node = 0; node < this.net.bones.length && stop === undefined; node++)
      if (this.used[node] !== 1) stop = this.visit(node);
    const ends = [...this.ends].flatMap((ref) => this.sources.get(ref) ?? []);
    const { groups, differences, acts, used: explained } = this;
    return { groups, differences, acts, ends, stop, isTooLarge: this.full() !== undefined, explained };
  }

  /** Explains a node; says why not where nothing does. */
  private visit(node: number): string | undefined {
    const bone = this.net.bones[node];
    if (bone === undefined) return undefined;
    const { op } = bone.operator;
    if (op === 'sum' || op === 'concat') return this.join(node, op);
    const [from = -1] = bone.reads;
    const isBlock = bone.reads.length === 1 && this.sources.has(from);
    if (isBlock && this.block(node, from, BLOCK_MATCHERS)) return this.full();
    // What brings tensors together comes later, and says what its inputs are.
    if (this.reserved.alone.has(node)) return this.alone(node);
    if (this.reserved.nodes[node] === 1) return undefined;
    return isBlock && this.block(node, from, LAYER_MATCHERS) ? this.full() : this.foreign(node);
  }

  /** Why no more is said: what is too large for a text is not said in part either. */
  private full(): string | undefined {
    if (this.groups.length > MOST_GROUPS) return `it has more than ${MOST_GROUPS} groups of blocks`;
    if (this.reads > MOST_READS) return 'its layers read more of one another than a text can say';
    return this.blocks > MOST_BLOCKS ? `it has more than ${MOST_BLOCKS} blocks` : undefined;
  }

  private foreign(node: number): string {
    const bone = this.net.bones[node];
    const operator = bone?.operator;
    const from = shapeAt(this.net, bone?.reads[0] ?? -1).channels;
    const what =
      operator?.op === 'conv'
        ? `a convolution ${convolutionText(operator, from)}`
        : operator?.op === 'other'
          ? printable(operator.name)
          : (OPERATORS[operator?.op ?? ''] ?? 'it');
    return `${what} at '${printable(bone?.name ?? '')}' is part of no block here`;
  }

  /** Looks for a block that begins at a tensor and has a node. */
  private block(node: number, from: Ref, matchers: typeof BLOCK_MATCHERS): boolean {
    const proposals = matchers.flatMap((matcher) => [...matcher.propose({ net: this.net, from, node })]);
    const found = proposals.flatMap((proposal) => {
      const at = this.check(proposal, from, node);
      return at === undefined ? [] : [{ proposal, at }];
    });
    // What is only like the model stands back behind what is the model, and a part of a block behind the whole.
    const best = found.toSorted(
      (a, b) =>
        Number(a.proposal.near !== undefined) - Number(b.proposal.near !== undefined) ||
        b.at.nodes.length - a.at.nodes.length,
    )[0];
    if (best !== undefined) this.take(best.proposal, from, best.at);
    return best !== undefined;
  }

  private check({ group, near }: Proposal, from: Ref, node: number): Match | undefined {
    const shape = shapeAt(this.net, from);
    if (!isSayable(group, shape.channels)) return undefined;
    const pattern = near?.pattern ?? patternOf(lowerBlock(group, shape, true));
    const found = match(this.net, pattern, from, { ...this.options(node), loose: near?.loose === true });
    return found?.nodes.includes(node) === true ? found : undefined;
  }

  private options(since: number): MatchOptions {
    return { used: this.used, ends: this.ends, since };
  }

  /** Takes a block, and those behind it that are alike. */
  private take({ group, near }: Proposal, from: Ref, first: Match): void {
    const pattern = near?.pattern ?? patternOf(lowerBlock(group, shapeAt(this.net, from), true));
    const others = this.mark(first, pattern);
    let [depth, end] = [1, first.output];
    // A layer that halves the resolution stands by itself, as people write it.
    const runs = near === undefined && (blockOf(group).repeats || group.stride === 1);
    if (near !== undefined) this.differences.push({ group: this.groups.length, what: near.differs });
    if (runs) {
      const later = patternOf(lowerBlock(group, shapeAt(this.net, end), false));
      while (depth < DEEPEST) {
        const next = this.following(later, end, others);
        if (next === undefined) break;
        this.mark(next, later);
        end = next.output;
        depth += 1;
      }
    }
    const wire = this.sources.get(from) ?? plain(this.groups.length - 1);
    this.blocks += depth;
    this.reads += wire.reads.length;
    this.sources.set(end, plain(this.groups.length));
    this.groups.push({ group: { ...group, depth }, wire, from, end });
  }

  /** The same block once more, with the same activations, where nothing else reads what is between them. */
  private following(pattern: Pattern, from: Ref, others: number): Match | undefined {
    if (this.ends.has(from)) return undefined;
    const next = match(this.net, pattern, from, this.options(from));
    if (next === undefined || !readersOf(this.net, from).every((reader) => next.nodes.includes(reader)))
      return undefined;
    return this.otherActs(next, pattern).length > others ? undefined : next;
  }

  /** Marks what a match explains; returns how many of its activations are others. */
  private mark(found: Match, pattern: Pattern): number {
    for (const node of found.nodes) this.used[node] = 1;
    const others = this.otherActs(found, pattern);
    for (const pair of others) this.count(pair);
    return others.length;
  }

  private otherActs({ nodes }: Match, { bones }: Pattern): string[] {
    return bones.flatMap((bone, index) => {
      const own = this.net.bones[nodes[index] ?? -1];
      return own === undefined || own.act === bone.act ? [] : [actPair(own.act, bone.act)];
    });
  }

  /** Explains what brings tensors together: as they are, or resampled. */
  private join(node: number, join: Join['join']): string | undefined {
    const { reads } = this.net.bones[node] ?? { reads: [] };
    const parts: Join[] = [];
    for (const ref of reads) {
      const part = this.part(ref, node, join) ?? this.released(ref);
      if (part === undefined) return this.foreign(node);
      parts.push(part);
    }
    const found = reads.some(isImage) ? undefined : joined(parts, join);
    if (found === undefined) return this.foreign(node);
    this.used[node] = 1;
    this.sources.set(node, found);
    this.reads += found.reads.length;
    this.joinedAs(node, found);
    return this.full();
  }

  /** What is resampled is activated, and what is brought together as it is is not. */
  private joinedAs(node: number, { at }: Join): void {
    const act = this.net.bones[node]?.act;
    const written = at === undefined ? undefined : 'relu';
    if (act !== written) this.count(actPair(act, written));
  }

  private count(pair: string): void {
    this.acts.set(pair, (this.acts.get(pair) ?? 0) + 1);
  }

  /** Explains what is resampled and read as it is then. */
  private alone(node: number): string | undefined {
    const part = this.part(node, node, 'sum');
    if (part === undefined) return this.foreign(node);
    this.sources.set(node, part);
    this.joinedAs(node, part);
    return undefined;
  }

  /** What a tensor is that is brought together with others. */
  private part(ref: Ref, sum: number, join: Join['join']): Join | undefined {
    const known = this.sources.get(ref);
    if (known !== undefined || join === 'concat') return known;
    const found = resampled(this, ref, sum);
    if (found === undefined) return undefined;
    for (const node of found.match.nodes) this.used[node] = 1;
    return { join: 'sum', at: shapeAt(this.net, sum).halvings, reads: [{ group: found.group, asIs: false }] };
  }

  /** Layers that looked like a resampling and are none, one by one. */
  private released(ref: Ref): Join | undefined {
    for (const node of [...(resamplingAt(this.net, ref) ?? [])].reverse()) {
      const [from = -1] = this.net.bones[node]?.reads ?? [];
      if (this.used[node] !== 1 && (!this.sources.has(from) || !this.block(node, from, LAYER_MATCHERS)))
        return undefined;
    }
    return this.sources.get(ref);
  }
}

/** What operators are called that stand where no block has them. */
const OPERATORS: Readonly<Record<string, string>> = {
  sum: 'a sum',
  concat: 'a concatenation',
  split: 'a split of channels',
  shuffle: 'a shuffle of channels',
  globalpool: 'a global average',
  product: 'a scaling',
  upsample: 'an up-sampling',
  avgpool: 'an average-pooling',
  maxpool: 'a max-pooling',
};
