import { CompletionItemKind } from 'vscode-languageserver-types';
import { stageName } from '../backbone/backbone.ts';
import { conventions } from '../cost/registry.ts';
import { type CursorContext, opensGroup, type Token } from '../language/cursor-context.ts';
import { DECLARATIONS, STATEMENTS } from '../language/word-docs.ts';
import { PRESET_NAMES } from '../space/presets.ts';
import { detectorDeclaration } from './complete-detector.ts';
import { graphLines, outputNames } from './complete-graph.ts';
import { blockSnippet } from './complete-group.ts';
import { surroundings } from './group-numbers.ts';
import { choice, field, numberProposal, type Proposal } from './proposal.ts';
import type { Snapshot, SnapshotBackbone } from './snapshot.ts';

const line = (label: string, insert: string, doc: string): Proposal => ({
  label,
  kind: CompletionItemKind.Keyword,
  insert,
  doc,
});

/** The name itself, or with the first number that makes it a new one. */
function freeName(name: string, taken: readonly (string | undefined)[]): string {
  if (!taken.includes(name)) return name;
  for (let n = 2; ; n++) if (!taken.includes(`${name}_${n}`)) return `${name}_${n}`;
}

/** Whole declarations. Detectors and searches refer to what is declared. */
export function declarationProposals(snapshot: Snapshot): Proposal[] {
  const { design } = snapshot;
  const started = [...design.backbones, ...design.detectors].map(({ name }) => name);
  const backbone = freeName('my_backbone', started);
  const budget = freeName(
    'my_budget',
    design.budgets.map((b) => b.name),
  );
  const space = freeName(
    'my_space',
    design.spaces.map((s) => s.name),
  );
  const start = design.backbones[0]?.name ?? 'my_backbone';
  const within = design.budgets[0]?.name ?? 'my_budget';
  // A space of the file is what its searches look in; a new file begins where trained networks vouch for the score.
  const spaces = [...new Set([...design.spaces.flatMap(({ name }) => name || []), ...PRESET_NAMES])];
  const stages = [
    'stem     conv(out: 64, k: 3, s: 2)',
    'stage C2 bottleneck(out: 128,  btn: 32,  k: 3, s: 2) x 1',
    'stage C3 bottleneck(out: 256,  btn: 64,  k: 3, s: 2) x 1',
    'stage C4 bottleneck(out: 512,  btn: 128, k: 3, s: 2) x 1',
    'stage C5 bottleneck(out: 1024, btn: 256, k: 3, s: 2) x 1',
  ];
  const body = [`input 3 x ${field(2, 480)} x ${field(3, 480)}`, ...stages].map((text) => `  ${text}\n`).join('');
  return [
    line('backbone', `backbone ${field(1, backbone)} {\n${body}}\n$0`, DECLARATIONS.backbone.doc),
    detectorDeclaration(snapshot, freeName('my_detector', started)),
    line(
      'budget',
      `budget ${field(1, budget)} {\n  ${choice(2, conventions())} <= ${field(3, '10G')}\n  layers <= ${field(4, 91)}\n}\n$0`,
      DECLARATIONS.budget.doc,
    ),
    line(
      'search',
      `search {\n  start ${field(1, start)}\n  within ${field(2, within)}\n  space ${choice(3, spaces)}\n  seed ${field(4, 0)}\n}\n$0`,
      DECLARATIONS.search.doc,
    ),
    line(
      'space',
      `space ${field(1, space)} {\n  like ${choice(2, PRESET_NAMES)}\n  out  ${field(3, '16..1024 step 16')}\n}\n$0`,
      DECLARATIONS.space.doc,
    ),
  ];
}

/** The next lines of a backbone; those that there is one of only while it is missing. */
export function statementProposals(
  snapshot: Snapshot,
  backbone: SnapshotBackbone | undefined,
  context: CursorContext,
): Proposal[] {
  const { place, tokens, word } = context;
  const has = (text: string): boolean => tokens.some((t) => t.text === text && t.begins === 'statement');
  const index = tokens.filter((t) => t.end <= word.start && opensGroup(t)).length;
  const near = surroundings(backbone, index);
  const block = near.block ?? 'bottleneck';
  const budget = snapshot.design.budgets[0]?.name;
  const after = place.kind === 'statement' ? place.after : 'other';
  const inNode = tokens.findLast((t) => t.end <= word.start && t.begins === 'statement')?.text === 'node';
  const proposals: (Proposal | false)[] = [
    after === 'group' && line('x', `x ${field(1, 2)}`, 'How many of these blocks follow each other.'),
    after !== 'other' &&
      !inNode &&
      line('+', `+ ${blockSnippet(block, '+', near)}`, 'Another group of blocks of the same stage.'),
    !has('input') && line('input', `input 3 x ${field(1, 480)} x ${field(2, 480)}`, STATEMENTS.input.doc),
    !has('stem') &&
      line('stem', `stem     ${blockSnippet('conv', 'stem', surroundings(backbone, 0))}`, STATEMENTS.stem.doc),
    ...graphLines(context, near, block),
    has('stem') &&
      !has('node') &&
      line(
        'stage',
        `stage ${nextStage(tokens, word.start)} ${blockSnippet(block, 'stage', near)}`,
        STATEMENTS.stage.doc,
      ),
    !has('entropy') &&
      line(
        'entropy',
        `entropy ${weights(tokens)
          .map((s, i) => `${s}: ${field(i + 1, s === 'C5' ? 6 : 1)}`)
          .join(', ')}`,
        STATEMENTS.entropy.doc,
      ),
    !has('within') && budget !== undefined && line('within', `within ${field(1, budget)}`, STATEMENTS.within.doc),
  ];
  return proposals.filter((proposal) => proposal !== false);
}

/** C3 after C2, and C2 after the stem. */
export function nextStage(tokens: readonly Token[], before: number): string {
  const names = stageNames(tokens.filter((t) => t.end <= before));
  const last = Number(/^C(\d{1,3})$/.exec(names[names.length - 1] ?? '')?.[1] ?? 1);
  return stageName(last + 1);
}

const stageNames = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((t, index) => (tokens[index - 1]?.text === 'stage' && /^C\d+$/.test(t.text) ? t.text : []));

/** The stages that are usually weighed, of those there are. */
function weights(tokens: readonly Token[]): string[] {
  const outputs = outputNames(tokens);
  if (outputs.length > 0) return outputs;
  const names = stageNames(tokens).filter((name) => ['C3', 'C4', 'C5'].includes(name));
  return names.length > 0 ? names : ['C3', 'C4', 'C5'];
}

/** The name of the next stage, with its first group where nothing follows yet. */
export function stageNameProposals(backbone: SnapshotBackbone | undefined, context: CursorContext): Proposal[] {
  const { tokens, word, next } = context;
  const name = nextStage(tokens, word.start);
  const index = tokens.filter((t) => t.end <= word.start && opensGroup(t)).length - 1;
  const near = surroundings(backbone, index);
  const alone = next === '' || next === '}' || next === 'stage' || next === 'entropy' || next === 'within';
  const insert = alone ? `${name} ${blockSnippet(near.block ?? 'bottleneck', 'stage', near)}` : name;
  return [{ label: name, kind: CompletionItemKind.EnumMember, insert, detail: 'the next stage' }];
}

/** The stages of the backbone that have no weight yet. */
export function stageWeightProposals({ tokens, next }: CursorContext): Proposal[] {
  const weighed = weighedNames(tokens);
  const outputs = outputNames(tokens);
  return (outputs.length > 0 ? outputs : ['C1', ...stageNames(tokens)])
    .filter((stage) => !weighed.includes(stage))
    .map((stage) => ({
      label: stage,
      kind: CompletionItemKind.EnumMember,
      insert: next === ':' ? stage : `${stage}: ${field(1, stage === 'C5' ? 6 : 1)}`,
    }));
}

/** What stands before a colon in the entropy line. */
function weighedNames(tokens: readonly Token[]): string[] {
  const from = tokens.findIndex((t) => t.text === 'entropy' && t.begins === 'statement') + 1;
  const length = tokens.slice(from).findIndex((t) => t.begins === 'statement');
  const own = tokens.slice(from, length < 0 ? undefined : from + length);
  return own.filter((_, index) => own[index + 1]?.text === ':').map((t) => t.text);
}

const SIZES = ['480 x 480', '224 x 224', '320 x 320', '640 x 640', '800 x 1280'];

/** What goes on with `3 x 480 x 480` after some of its words. */
export function inputProposals(given: number): Proposal[] {
  const detail = 'channels x height x width';
  if (given === 0) return SIZES.map((size) => ({ label: `3 x ${size}`, kind: CompletionItemKind.Value, detail }));
  // An x comes next, which is sooner typed than chosen.
  if (given % 2 === 1) return [];
  const sides =
    given === 2 ? SIZES.map((size) => size.split(' ')[0] ?? '') : SIZES.map((size) => size.split(' ')[2] ?? '');
  return [...new Set(sides)].map((side) => numberProposal(side, { detail: given === 2 ? 'height' : 'width' }));
}
