import type { LeafCstNode } from 'langium';
import type { Position, Range, SemanticTokens } from 'vscode-languageserver-types';
import { isCostName } from '../cost/budget.ts';
import { partNamed } from '../detector/parts.ts';
import * as ast from '../language/generated/ast.ts';
import { visitLeaves } from '../language/leaves.ts';
import { isPart, partArgument } from '../language/part-words.ts';
import { isSettingName } from '../language/search-settings.ts';
import { isSpaceWord } from '../language/space-words.ts';
import { argumentNamed, isBlockKind } from '../language/vocabulary.ts';
import { LATENCY } from '../latency/latency-cost.ts';
import { offsetAt, type Snapshot } from './snapshot.ts';

/** Standard types, so that every theme has colours for them. */
export const TOKEN_TYPES = [
  'keyword',
  'class',
  'type',
  'interface',
  'event',
  'namespace',
  'enumMember',
  'function',
  'parameter',
  'property',
  'number',
  'variable',
] as const;
export const TOKEN_MODIFIERS = ['declaration'] as const;

type TokenType = (typeof TOKEN_TYPES)[number];
interface Meaning {
  readonly type: TokenType;
  readonly declares?: boolean;
}

/** Colours by meaning: names by what they name, and no colour for words that the language does not know. */
export function semanticTokens(snapshot: Snapshot, range?: Range): SemanticTokens {
  const part = range && { start: offsetAt(snapshot, range.start), end: offsetAt(snapshot, range.end) };
  const data: number[] = [];
  let last: Position = { line: 0, character: 0 };
  const { backbones, detectors } = snapshot.design;
  // A search starts from a detector only where no backbone is called so.
  const taken = new Set(backbones.map(({ name }) => name));
  const own = new Set(detectors.map(({ name }) => name).filter((name) => !taken.has(name)));
  const add = (leaf: LeafCstNode): void => {
    const meaning = leaf.hidden ? undefined : meaningOf(leaf, own);
    if (meaning === undefined) return;
    const at = snapshot.document.positionAt(leaf.offset);
    const sameLine = at.line === last.line;
    data.push(
      at.line - last.line,
      sameLine ? at.character - last.character : at.character,
      leaf.length,
      TOKEN_TYPES.indexOf(meaning.type),
      meaning.declares === true ? 1 : 0,
    );
    last = at;
  };
  visitLeaves(snapshot.design.parsed.file.$cstNode, add, part);
  return { data };
}

function meaningOf(leaf: LeafCstNode, detectors: ReadonlySet<string>): Meaning | undefined {
  const kind = leaf.tokenType.name;
  if (kind === 'QUANTITY' || kind === 'FRACTION') return { type: 'number' };
  if (kind === 'ID') return nameMeaning(leaf.astNode, leaf.text, detectors);
  return /^\p{L}/u.test(kind) ? { type: 'keyword' } : undefined;
}

const known = (type: TokenType, is: boolean): Meaning | undefined => (is ? { type } : undefined);

function nameMeaning(node: LeafCstNode['astNode'], text: string, detectors: ReadonlySet<string>): Meaning | undefined {
  if (ast.isBackbone(node)) return { type: 'class', declares: true };
  if (ast.isDetector(node)) return { type: 'type', declares: true };
  if (ast.isBudget(node)) return { type: 'interface', declares: true };
  if (ast.isSearch(node)) return { type: 'event', declares: true };
  if (ast.isSpace(node)) return { type: 'namespace', declares: true };
  if (ast.isStage(node) || ast.isGraphNode(node)) return { type: 'enumMember', declares: true };
  if (ast.isOutput(node)) return { type: 'enumMember', declares: node.name === text };
  if (ast.isParent(node) || ast.isAtClause(node)) return { type: 'enumMember' };
  if (ast.isStageWeight(node)) return { type: 'enumMember' };
  if (ast.isStartSetting(node)) return { type: detectors.has(text) ? 'type' : 'class' };
  if (ast.isBackboneLine(node)) return { type: 'class' };
  if (ast.isWithin(node)) return { type: 'interface' };
  if (ast.isGroup(node)) return known('function', isBlockKind(text));
  if (ast.isPartLine(node)) return known('function', isPart(text));
  if (ast.isArgument(node)) return argumentMeaning(node, text);
  if (ast.isLimit(node)) {
    if (text === node.device && text !== node.cost) return { type: 'namespace' };
    return known('property', isCostName(text) || text === LATENCY);
  }
  if (ast.isVaryUse(node)) return varyMeaning(node, text);
  if (ast.isValueSetting(node)) {
    if (text === node.device && text !== node.value) return { type: 'namespace' };
    if (node.value !== text) return known('property', isSettingName(text));
    if (node.name === 'space') return { type: 'namespace' };
    return node.name === 'minimise' ? known('property', isCostName(text) || text === LATENCY) : { type: 'variable' };
  }
  if (ast.isSpaceLine(node)) return node.braces ? { type: 'enumMember' } : known('property', isSpaceWord(text));
  return ast.isSpaceValue(node) ? spaceValueMeaning(node, text) : undefined;
}

function argumentMeaning({ $container: part, name, value, upper }: ast.Argument, text: string): Meaning | undefined {
  if (!ast.isPartLine(part))
    return value === text ? { type: 'variable' } : known('parameter', argumentNamed(text) !== undefined);
  const definition = partNamed(part.kind ?? '');
  const argument = definition === undefined ? undefined : partArgument(definition, name ?? '');
  if (value !== text && upper !== text) return known('parameter', argument !== undefined);
  // What a neck reads has a name of the backbone's.
  return { type: argument?.type === 'levels' ? 'enumMember' : 'variable' };
}

function varyMeaning({ part, argument }: ast.VaryUse, text: string): Meaning | undefined {
  if (text === part && part === 'neck') return { type: 'keyword' };
  return text === argument && part !== argument ? { type: 'parameter' } : known('function', isPart(text));
}

function spaceValueMeaning({ $container: line, field }: ast.SpaceValue, text: string): Meaning | undefined {
  switch (line.name) {
    case 'like':
      return { type: 'namespace' };
    case 'keep':
      return text === field ? { type: 'parameter' } : { type: 'enumMember' };
    case 'blocks':
      return isBlockKind(text) ? { type: 'function' } : { type: 'variable' };
    default:
      return { type: 'variable' };
  }
}
