import { type DocumentSymbol, type Range, SymbolKind } from 'vscode-languageserver-types';
import * as ast from '../language/generated/ast.ts';
import type { Span } from '../language/problem.ts';
import { nameSpan } from '../language/read-backbone.ts';
import { firstWord, propertySpan, recovered, spanOf } from '../language/span.ts';
import { rangeOf, type Snapshot } from './snapshot.ts';

/** The outline: backbones with their stages or nodes and outputs, detectors with their parts, budgets with their limits, searches with their settings, spaces with their lines. */
export const documentSymbols = (snapshot: Snapshot): DocumentSymbol[] =>
  snapshot.design.parsed.file.declarations.map((node) => declarationSymbol(snapshot, node));

const KINDS = {
  Backbone: SymbolKind.Class,
  Detector: SymbolKind.Struct,
  Budget: SymbolKind.Interface,
  Search: SymbolKind.Event,
  Space: SymbolKind.Namespace,
} as const;

function declarationSymbol(snapshot: Snapshot, node: ast.Declaration): DocumentSymbol {
  const word = node.$type.toLowerCase();
  const { name } = recovered(node);
  const symbol = entry(snapshot, name ?? word, KINDS[node.$type], spanOf(node), nameSpan(node));
  const more = ast.isBackbone(node) ? inputText(node) : ast.isDetector(node) ? builtOn(node) : '';
  const detail = [name === undefined ? '' : word, more].filter((s) => s !== '');
  return { ...symbol, detail: detail.join(' · '), children: membersOf(snapshot, node) };
}

function inputText(node: ast.Backbone): string {
  const input = node.statements.find(ast.isInputStatement);
  const { channels, height, width } = input === undefined ? {} : recovered(input);
  return [channels, height, width].every((side) => side !== undefined) ? `${channels}×${height}×${width}` : '';
}

/** The backbone that a detector names. */
function builtOn(node: ast.Detector): string {
  const line = node.lines.find(ast.isBackboneLine);
  return (line && recovered(line).backbone?.$refText) ?? '';
}

function membersOf(snapshot: Snapshot, node: ast.Declaration): DocumentSymbol[] {
  switch (node.$type) {
    case 'Backbone':
      return node.statements.flatMap((s) => statementSymbols(snapshot, s));
    case 'Detector':
      return node.lines.flatMap((line) => {
        if (!ast.isPartLine(line)) return [];
        const { kind, role } = recovered(line);
        const symbol = entry(snapshot, kind ?? role ?? 'part', SymbolKind.Method, spanOf(line), firstWord(line));
        return [{ ...symbol, detail: role ?? '' }];
      });
    case 'Budget':
      return node.limits.map((limit) => {
        const { cost, amount, device } = recovered(limit);
        const symbol = entry(
          snapshot,
          cost ?? 'limit',
          SymbolKind.Constant,
          spanOf(limit),
          propertySpan(limit, 'cost'),
        );
        return { ...symbol, detail: `<= ${amount ?? '…'}${device === undefined ? '' : ` on ${device}`}` };
      });
    case 'Search':
      return node.settings.map((setting) => {
        const [name, detail] = settingText(setting);
        return { ...entry(snapshot, name, SymbolKind.Property, spanOf(setting), firstWord(setting)), detail };
      });
    case 'Space':
      return node.lines.map((line) => spaceSymbol(snapshot, line));
  }
}

/** A line of a space, or the limits of one of its places with theirs. */
function spaceSymbol(snapshot: Snapshot, line: ast.SpaceLine): DocumentSymbol {
  const { name } = recovered(line);
  const kind = line.braces ? SymbolKind.Struct : SymbolKind.Property;
  const symbol = entry(snapshot, name ?? 'line', kind, spanOf(line), propertySpan(line, 'name'));
  if (line.braces) return { ...symbol, children: line.lines.map((inner) => spaceSymbol(snapshot, inner)) };
  const step = line.step === undefined ? [] : [`step ${line.step}`];
  return { ...symbol, detail: [line.values.map((value) => value.$cstNode?.text ?? '').join(', '), ...step].join(' ') };
}

function settingText(setting: ast.SearchSetting): [name: string, value: string] {
  if (ast.isStartSetting(setting)) return ['start', recovered(setting).backbone?.$refText ?? ''];
  if (ast.isWithin(setting)) return ['within', recovered(setting).budget?.$refText ?? ''];
  if (ast.isVarySetting(setting)) return ['vary', setting.uses.map((use) => use.$cstNode?.text ?? '').join(', ')];
  const { name, sign, value } = recovered(setting);
  return [name ?? 'setting', [sign, value].filter((part) => part !== undefined).join(' ')];
}

function statementSymbols(snapshot: Snapshot, node: ast.BackboneStatement): DocumentSymbol[] {
  if (ast.isStem(node) || ast.isStage(node) || ast.isGraphNode(node)) return [stageSymbol(snapshot, node)];
  return ast.isOutputStatement(node) ? node.outputs.map((output) => outputSymbol(snapshot, output)) : [];
}

function outputSymbol(snapshot: Snapshot, output: ast.Output): DocumentSymbol {
  const { name = '', node } = recovered(output);
  const symbol = entry(snapshot, name, SymbolKind.EnumMember, spanOf(output), propertySpan(output, 'name'));
  return { ...symbol, detail: `output of ${node ?? '…'}` };
}

/** A stage of one group stands for it; with several, each is an entry below. */
function stageSymbol(snapshot: Snapshot, node: ast.Stem | ast.Stage | ast.GraphNode): DocumentSymbol {
  const name = ast.isStem(node) ? 'stem' : recovered(node).name;
  const selection = ast.isStem(node) ? firstWord(node) : propertySpan(node, 'name');
  const symbol = entry(snapshot, name ?? 'stage', SymbolKind.Struct, spanOf(node), selection);
  const [only, ...others] = node.groups;
  if (only !== undefined && others.length === 0) return { ...symbol, detail: groupText(only) };
  const children = node.groups.map((group) => {
    const { block } = recovered(group);
    const member = entry(snapshot, block ?? 'group', SymbolKind.Field, spanOf(group), firstWord(group));
    return { ...member, detail: groupText(group) };
  });
  return { ...symbol, children };
}

/** «bottleneck 512 × 10» */
function groupText(group: ast.Group): string {
  const { block, depth } = recovered(group);
  const out = group.arguments.find((argument) => argument.name === 'out')?.value;
  return [block, out, depth === undefined ? undefined : `× ${depth}`].filter((part) => part !== undefined).join(' ');
}

/** Editors refuse an outline with an empty name, or with a selection that is not part of its entry. */
function entry(snapshot: Snapshot, name: string, kind: SymbolKind, span: Span, selection: Span): DocumentSymbol {
  const inside = span.start <= selection.start && selection.end <= span.end;
  const range: Range = rangeOf(snapshot, span);
  const selectionRange = inside ? rangeOf(snapshot, selection) : { start: range.start, end: range.start };
  return { name: name === '' ? '…' : name, kind, range, selectionRange };
}
