import { CompletionItemKind } from 'vscode-languageserver-types';
import { DEFAULT_CLASSES } from '../detector/detector.ts';
import { partNamed } from '../detector/parts.ts';
import type { CursorContext, Token } from '../language/cursor-context.ts';
import type { PartCursor } from '../language/cursor-detector.ts';
import { type PartRole, partNames, partsOfRole } from '../language/part-words.ts';
import { backboneOf } from '../language/resolve.ts';
import { DECLARATIONS, DETECTOR_WORDS, STATEMENTS } from '../language/word-docs.ts';
import { partSnippet } from './complete-part.ts';
import { choice, field, numberProposal, type Proposal, withoutPlaceholders } from './proposal.ts';
import type { Snapshot, SnapshotBackbone, SnapshotDetector } from './snapshot.ts';

const line = (label: string, insert: string, doc: string): Proposal => ({
  label,
  kind: CompletionItemKind.Keyword,
  insert,
  doc,
});

/** Heads that one chooses from, those of several that stand together aside. */
const ALONE = ['gfl', 'fcos', 'retina', 'decoupled'];

/** A whole detector on the first backbone of the file. */
export function detectorDeclaration({ backbones }: Snapshot, name: string): Proposal {
  const [backbone] = backbones;
  const on = backbone?.source.name ?? 'my_backbone';
  const neck = partNamed('fpn');
  const lines = [
    `backbone ${field(2, on)}`,
    `classes ${field(3, DEFAULT_CLASSES)}`,
    ...(neck === undefined ? [] : [`neck ${partSnippet(neck, backbone, 4)}`]),
    `head ${choice(9, ALONE)}()`,
  ];
  const body = lines.map((text) => `  ${text}\n`).join('');
  return line('detector', `detector ${field(1, name)} {\n${body}}\n$0`, DECLARATIONS.detector.doc);
}

/** The next lines of a detector; those that there is one of only while it is missing. */
export function detectorLineProposals(
  snapshot: Snapshot,
  detector: SnapshotDetector | undefined,
  { tokens }: CursorContext,
): Proposal[] {
  const has = (text: string): boolean => tokens.some((t) => t.text === text && t.begins === 'statement');
  const { backbones, budgets } = snapshot.design;
  const budget = budgets[0]?.name;
  const backbone = builtOn(snapshot, detector);
  const usual = { neck: partNamed('fpn'), head: partNamed(usualHead(tokens) ?? '') };
  const part = (role: PartRole): Proposal | false => {
    const { [role]: kind } = usual;
    return kind !== undefined && line(role, `${role} ${partSnippet(kind, backbone)}`, DETECTOR_WORDS[role].doc);
  };
  const proposals: (Proposal | false)[] = [
    !has('backbone') &&
      line('backbone', `backbone ${field(1, backbones[0]?.name ?? 'my_backbone')}`, DETECTOR_WORDS.backbone.doc),
    !has('input') && line('input', `input 3 x ${field(1, 800)} x ${field(2, 1280)}`, STATEMENTS.input.doc),
    !has('classes') && line('classes', `classes ${field(1, DEFAULT_CLASSES)}`, DETECTOR_WORDS.classes.doc),
    !has('within') && budget !== undefined && line('within', `within ${field(1, budget)}`, STATEMENTS.within.doc),
    !has('neck') && part('neck'),
    part('head'),
  ];
  return proposals.filter((proposal) => proposal !== false);
}

/** What the detector stands on; while it is not there yet, what it most likely will. */
const builtOn = (snapshot: Snapshot, detector: SnapshotDetector | undefined): SnapshotBackbone | undefined =>
  detector === undefined ? snapshot.backbones[0] : detector.backbone;

/** The kinds that are written on the lines of a role. */
const kindsOf = (tokens: readonly Token[], role: PartRole): string[] =>
  tokens.flatMap((t, i) => {
    const before = tokens[i - 1];
    return before?.text === role && before.begins === 'statement' && t.begins === undefined ? t.text : [];
  });

/** The heads of R-CNNs, in their order: each brings the next one with it. */
const REGIONS = ['rpn', 'box', 'mask'];

/** The head that usually comes next, of kinds that are not there yet. */
function usualHead(tokens: readonly Token[]): string | undefined {
  const there = kindsOf(tokens, 'head');
  const missing = (names: readonly string[]): string | undefined => names.find((name) => !there.includes(name));
  if (kindsOf(tokens, 'neck').includes('dilated') && !there.includes('yolof')) return 'yolof';
  if (there.some((name) => REGIONS.includes(name))) return missing([...REGIONS, ...partNames('head')]);
  return missing(partNames('head'));
}

/**
 * The kinds of necks, or of heads that are not there yet: each by its name, which is whole by itself, so that Enter
 * behind it is a new line, and with its usual arguments.
 */
export function partProposals(
  snapshot: Snapshot,
  detector: SnapshotDetector | undefined,
  { tokens, next, word }: CursorContext,
  { role }: PartCursor,
): Proposal[] {
  const others = tokens.filter((t) => t.end <= word.start || t.start >= word.end);
  const taken = role === 'head' ? kindsOf(others, role) : [];
  const usual = role === 'head' ? usualHead(others) : undefined;
  const backbone = builtOn(snapshot, detector);
  const kinds = partsOfRole(role)
    .filter(({ name }) => !taken.includes(name))
    .toSorted((a, b) => Number(b.name === usual) - Number(a.name === usual));
  return kinds.flatMap((part): Proposal[] => {
    const { name, doc, example } = part;
    const plain: Proposal = {
      label: name,
      kind: CompletionItemKind.Function,
      detail: doc,
      doc: `${doc}\n\n\`${example}\``,
    };
    const insert = partSnippet(part, backbone);
    if (next === '(' || insert === name) return [plain];
    return [plain, { label: withoutPlaceholders(insert), kind: CompletionItemKind.Function, insert, doc }];
  });
}

/** Data sets by how many classes they have; any other number is as good. */
const CLASSES: readonly (readonly [classes: number, detail: string])[] = [
  [DEFAULT_CLASSES, 'COCO, the default'],
  [20, 'PASCAL VOC'],
  [8, 'Cityscapes'],
];

export const classesProposals = (): Proposal[] =>
  CLASSES.map(([classes, detail]) => numberProposal(String(classes), { detail }));

/** Detectors that a search may start from. */
export const detectorNames = ({ detectors, design }: Snapshot): Proposal[] =>
  detectors.map(({ source }) => {
    const on = backboneOf(source, design)?.name;
    const detail = on === undefined || on === '' ? 'a detector' : `a detector on ${on}`;
    return { label: source.name, kind: CompletionItemKind.Reference, detail };
  });
