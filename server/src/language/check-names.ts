import type { AstNode } from 'langium';
import { PRESET_NAMES } from '../space/presets.ts';
import type { Design } from './design.ts';
import { identifier, KEYWORDS } from './identifier.ts';
import { type NameKind, type NameList, usesOf } from './names.ts';
import { nameSpan } from './read-backbone.ts';
import { type Report, unknownWord } from './report.ts';
import { spanOf } from './span.ts';

type Sources = Pick<Design, NameList>;

/** Duplicate, unknown and unused names. */
export function checkNames(design: Sources, report: Report): void {
  reportBad('backbone', design.backbones, report);
  reportBad('detector', design.detectors, report);
  reportBad('budget', design.budgets, report);
  reportBad('search', design.searches, report);
  reportBad('space', design.spaces, report);
  reportDuplicates('backbone', design.backbones, report);
  reportDuplicates('detector', design.detectors, report);
  reportDuplicates('budget', design.budgets, report);
  reportDuplicates('search', design.searches, report);
  reportDuplicates('space', design.spaces, report);
  reportBoth(design, report);
  reportUnknown(design, report);
  reportUnused(design, report);
}

/** Names that are words of the language, or begin with a digit: the tree has room for them so that one message says it. */
function reportBad(kind: NameKind, sources: Sources[NameList], report: Report): void {
  for (const { name, node } of sources) {
    if (name === undefined || name === '' || !(KEYWORDS.includes(name) || /^[^\p{L}_]/u.test(name))) continue;
    const span = nameSpan(node);
    const to = freeName(name, kind, sources);
    const why = KEYWORDS.includes(name) ? `'${name}' is a word of the language` : 'A name begins with a letter or _';
    const problem = { code: 'bad-name', severity: 'error', span } as const;
    if (kind === 'search') {
      // The space behind the name goes with it.
      const edits = [{ span: { start: span.start, end: span.end + spaceAt(node, span.end) }, text: '' }];
      const message = `${why}: a search needs no name, or another one, such as ${to}.`;
      report({ ...problem, message, data: { kind: 'edits', title: 'Remove the name', edits } });
    } else {
      report({
        ...problem,
        message: `${why}: give this ${kind} another name, such as ${to}.`,
        data: { kind: 'rename', to },
      });
    }
  }
}

const spaceAt = ({ $cstNode }: AstNode, offset: number): number =>
  /^[^\S\r\n]*/.exec($cstNode?.root.fullText.slice(offset, offset + 100) ?? '')?.[0].length ?? 0;

/** `3net` → `net3`, `50` → `net_50`, `stem` → `my_stem`, and another one where that is taken. */
function freeName(name: string, kind: NameKind, sources: Sources[NameList]): string {
  const [, digits = '', rest = ''] = /^([\d.-]*)(.*)$/s.exec(name) ?? [];
  const plain = kind === 'backbone' ? 'net' : kind;
  const turned = digits === '' ? `my_${name}` : rest === '' ? `${plain}_${digits}` : `${rest}${digits}`;
  const wanted = identifier(turned);
  return sources.some((s) => s.name === wanted) ? `${wanted}_2` : wanted;
}

function reportDuplicates(kind: NameKind, sources: Sources[NameList], report: Report): void {
  const taken = new Set(sources.map((s) => s.name ?? ''));
  const counts = new Map<string, number>();
  for (const { name, node } of sources) {
    if (name === undefined || name === '') continue;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (count === 1) continue;
    const message = `There is a ${kind} '${name}' already: give this one another name.`;
    const free = taken.has(`${name}_${count}`) ? [] : [`${name}_${count}`];
    const data = { kind: 'replace', with: free } as const;
    report({ code: 'duplicate-name', severity: 'error', message, span: nameSpan(node), data });
  }
}

/** A search that starts from a name must not mean a backbone and a detector. */
function reportBoth({ backbones, detectors }: Sources, report: Report): void {
  const names = new Set(backbones.map(({ name }) => name));
  const taken = new Set([...names, ...detectors.map(({ name }) => name)]);
  for (const { name, node } of detectors) {
    if (name === '' || !names.has(name)) continue;
    const message = `There is a backbone '${name}' already, and a search may start from either: give this detector another name.`;
    const free = [`${name}_detector`].filter((wanted) => !taken.has(wanted));
    report({
      code: 'duplicate-name',
      severity: 'error',
      message,
      span: nameSpan(node),
      data: { kind: 'replace', with: free },
    });
  }
}

/** Each unknown name is compared with each that is declared: beyond so many of either nobody is helped by it. */
const MOST_COMPARED = 500;

function reportUnknown(design: Sources, report: Report): void {
  const names = (sources: Sources[NameList]): Set<string> => new Set(sources.flatMap(({ name }) => name || []));
  const declared = [
    ['backbone', names(design.backbones)],
    ['detector', names(design.detectors)],
    ['budget', names(design.budgets)],
    ['search', names(design.searches)],
    ['space', new Set([...names(design.spaces), ...PRESET_NAMES])],
  ] as const;
  for (const [kind, own] of declared) {
    const near = [...own].slice(0, MOST_COMPARED);
    // A search may start from either; a detector stands on a backbone.
    const either = kind === 'backbone' ? [...near, ...names(design.detectors)].slice(0, MOST_COMPARED) : near;
    const built = new Set(kind === 'backbone' ? design.detectors.map(({ backbone }) => backbone) : []);
    const unknown = usesOf(design, kind).filter((use) => !own.has(use.name));
    for (const [index, use] of unknown.entries()) {
      const { name, span } = use;
      const [other] = declared.find(([, others]) => others.has(name)) ?? [];
      if (other === undefined && index < MOST_COMPARED)
        report(unknownWord('unknown-name', kind, name, span, built.has(use) ? near : either));
      else {
        const message =
          other === undefined ? `There is no ${kind} '${name}'.` : `'${name}' is a ${other}: a ${kind} is needed here.`;
        report({ code: 'unknown-name', severity: 'error', message, span });
      }
    }
  }
}

/** A budget that nothing is held to. Backbones and searches are what the file is for: they are never unused. */
function reportUnused(design: Sources, report: Report): void {
  unusedSpaces(design, report);
  const used = new Set(usesOf(design, 'budget').map((use) => use.name));
  const only = design.budgets.length === 1;
  const implied = only && (design.searches.some((s) => s.within === undefined) || design.backbones.length === 1);
  for (const { name, node } of design.budgets) {
    if (name === '' || used.has(name) || implied) continue;
    const message = `Nothing is held to the budget '${name}': write 'within ${name}' in a backbone, a detector or a search, or remove it.`;
    const data = { kind: 'remove', span: spanOf(node) } as const;
    report({ code: 'unused-name', severity: 'hint', message, span: nameSpan(node), data });
  }
}

/** A space that nothing is searched in, in a file that searches: one of spaces alone is there to be looked at. */
function unusedSpaces(design: Sources, report: Report): void {
  const { searches, spaces } = design;
  const used = new Set(usesOf(design, 'space').map((use) => use.name));
  for (const { name, node } of searches.length === 0 ? [] : spaces) {
    if (name === '' || used.has(name)) continue;
    const message = `Nothing is searched in the space '${name}': write 'space ${name}' in a search, or remove it.`;
    const data = { kind: 'remove', span: spanOf(node) } as const;
    report({ code: 'unused-name', severity: 'hint', message, span: nameSpan(node), data });
  }
}
