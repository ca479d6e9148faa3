import type { LeafCstNode } from 'langium';
import type { Position, Range, SemanticTokens } from 'vscode-languageserver-types';
import { isCostName } from '../cost/budget.ts';
import * as ast from '../language/generated/ast.ts';
import { visitLeaves } from '../language/leaves.ts';
import { isPart, partTakes } from '../language/part-words.ts';
import { isSettingName } from '../language/search-settings.ts';
import { isSpaceWord } from '../language/space-words.ts';
import { argumentNamed, isBlockKind } from '../language/vocabulary.ts';
import { offsetAt, type Snapshot } from './snapshot.ts';

/** Standard types, so that every theme has colours for them. */
export const TOKEN_TYPES = [
  'keyword',
  'class',
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
  const add = (leaf: LeafCstNode): void => {
    const meaning = leaf.hidden ? undefined : meaningOf(leaf);
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

function meaningOf(leaf: LeafCstNode): Meaning | undefined {
  const kind = leaf.tokenType.name;
  if (kind === 'QUANTITY' || kind === 'FRACTION') return { type: 'number' };
  if (kind === 'ID') return nameMeaning(leaf.astNode, leaf.text);
  return /^\p{L}/u.test(kind) ? { type: 'keyword' } : undefined;
}

function nameMeaning(node: LeafCstNode['astNode'], text: string): Meaning | undefined {
  const known = (type: TokenType, is: boolean): Meaning | undefined => (is ? { type } : undefined);
  if (ast.isBackbone(node)) return { type: 'class', declares: true };
  if (ast.isDetector(node)) return { type: 'class', declares: true };
  if (ast.isBackboneLine(node)) return { type: 'class' };
  if (ast.isPartLine(node)) return known('function', isPart(text));
  if (ast.isBudget(node)) return { type: 'interface', declares: true };
  if (ast.isSearch(node)) return { type: 'event', declares: true };
  if (ast.isSpace(node)) return { type: 'namespace', declares: true };
  if (ast.isStage(node) || ast.isGraphNode(node)) return { type: 'enumMember', declares: true };
  if (ast.isOutput(node)) return { type: 'enumMember', declares: node.name === text };
  if (ast.isParent(node) || ast.isAtClause(node)) return { type: 'enumMember' };
  if (ast.isStageWeight(node)) return { type: 'enumMember' };
  if (ast.isStartSetting(node)) return { type: 'class' };
  if (ast.isWithin(node)) return { type: 'interface' };
  if (ast.isGroup(node)) return known('function', isBlockKind(text));
  if (ast.isArgument(node) && !ast.isGroup(node.$container)) return partArgumentMeaning(node, text);
  if (ast.isArgument(node))
    return node.value === text ? { type: 'variable' } : known('parameter', argumentNamed(text) !== undefined);
  if (ast.isLimit(node)) return known('property', isCostName(text));
  if (ast.isValueSetting(node)) {
    if (node.value !== text) return known('property', isSettingName(text));
    if (node.name === 'space') return { type: 'namespace' };
    return node.name === 'minimise' ? known('property', isCostName(text)) : { type: 'variable' };
  }
  if (ast.isSpaceLine(node)) return node.braces ? { type: 'enumMember' } : known('property', isSpaceWord(text));
  return ast.isSpaceValue(node) ? spaceValueMeaning(node, text) : undefined;
}

/** `from: C3..C5` names stages or outputs. */
function partArgumentMeaning({ name, value, upper, $container }: ast.Argument, text: string): Meaning | undefined {
  if (value === text || upper === text) return { type: name === 'from' ? 'enumMember' : 'variable' };
  const kind = ast.isPartLine($container) ? $container.kind : undefined;
  return kind !== undefined && partTakes(kind, text) ? { type: 'parameter' } : undefined;
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
