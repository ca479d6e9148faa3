import { DEFAULT_CLASSES } from '../detector/detector.ts';
import type { DetectorLines } from './detector-source.ts';
import * as ast from './generated/ast.ts';
import { detectorLine } from './line-behind.ts';
import { nameUse } from './name-use.ts';
import { CLASSES } from './part-words.ts';
import type { Problem } from './problem.ts';
import { duplicateLine, isWhole, readInput, readWithin } from './read-lines.ts';
import { otherLines } from './read-other-line.ts';
import { readPart } from './read-part.ts';
import { apartFrom, type Report, readNumber, unfinished } from './report.ts';
import { propertySpan, recovered, spanOf } from './span.ts';

/**
 * Reads the lines of a detector, with the mistakes that are in one of them.
 *
 * @param isHit whether some of it could not be parsed: that may have been a head, or the backbone
 */
export function readDetector(node: ast.Detector, isHit: boolean, tell: Report): DetectorLines {
  // What is not closed may be told of behind it.
  const isBroken = isHit || node.$cstNode?.text.endsWith('}') !== true;
  let complete = !isBroken;
  const report: Report = (problem) => {
    if (problem.severity === 'error') complete = false;
    tell(problem);
  };
  const name = recovered(node).name ?? '';
  const backbone = readBackboneLine(node, report);
  const within = readWithin('detector', node.lines, report);
  reportEndless(node, report);
  const sides = readInput('detector', node.lines, report);
  const input = sides !== undefined && isWhole(sides) ? sides : undefined;
  const classes = readClasses(node, report);
  const parts = node.lines.filter(ast.isPartLine).map((line) => readPart(line, report));
  const [neck, ...necks] = parts.filter(({ role }) => role === 'neck');
  for (const { node: line } of necks) report(removable(duplicateLine('detector', 'neck', line), line));
  const heads = parts.filter(({ role }) => role === 'head');
  const kinds = new Set<string>();
  for (const { definition, node: line } of heads) {
    if (definition === undefined) continue;
    if (kinds.has(definition.name)) report(removable(duplicateLine('detector', `head ${definition.name}`, line), line));
    kinds.add(definition.name);
  }
  const others = otherLines(node);
  for (const { problem } of others) report(problem);
  if (heads.length === 0 && !isBroken && !others.some(({ isHead }) => isHead)) report(headless(node));
  return { node, name, backbone, within, input, classes, neck, heads, complete, isBroken };
}

const removable = (problem: Problem, line: ast.DetectorLine): Problem => ({
  ...problem,
  data: { kind: 'remove', span: spanOf(line) },
});

function readBackboneLine(node: ast.Detector, report: Report): DetectorLines['backbone'] {
  const [first, ...others] = node.lines.filter(ast.isBackboneLine);
  for (const other of others) report(duplicateLine('detector', 'backbone', other));
  if (first === undefined) return undefined;
  const name = recovered(first).backbone?.$refText;
  if (name === undefined) {
    report(unfinished(spanOf(first), 'the name of a backbone', 'backbone my_net'));
    return undefined;
  }
  const span = propertySpan(first, 'backbone');
  if (first.sign !== undefined) report(signed(first, 'backbone', name, propertySpan(first, 'sign').start, span.end));
  return nameUse(name, span);
}

/** A budget that is not named yet. */
function reportEndless(node: ast.Detector, report: Report): void {
  const open = node.lines.find((line) => ast.isWithin(line) && recovered(line).budget === undefined);
  if (open !== undefined) report(unfinished(spanOf(open), 'the name of a budget', 'within small'));
}

function readClasses(node: ast.Detector, report: Report): number {
  const [first, ...others] = node.lines.filter(ast.isClassesLine);
  for (const other of others) report(duplicateLine('detector', 'classes line', other));
  if (first === undefined) return DEFAULT_CLASSES;
  const { classes } = recovered(first);
  if (classes === undefined) {
    report(unfinished(spanOf(first), 'the number of classes', `classes ${DEFAULT_CLASSES}`));
    return DEFAULT_CLASSES;
  }
  const span = propertySpan(first, 'classes');
  if (first.sign !== undefined) report(signed(first, 'classes', classes, propertySpan(first, 'sign').start, span.end));
  return readNumber(classes, CLASSES, span, report) ?? DEFAULT_CLASSES;
}

/** `classes: 80` */
function signed(node: ast.DetectorLine, word: string, value: string, start: number, end: number): Problem {
  const message = `${word} has its value without a sign: write '${word} ${value}'.`;
  const data = { kind: 'replace', with: [apartFrom(node, start, value)] } as const;
  return { code: 'bad-value', severity: 'error', message, span: { start, end }, data };
}

/** Nothing says what is where. */
function headless(node: ast.Detector): Problem {
  const neck = node.lines.find((line) => ast.isPartLine(line) && line.role === 'neck');
  const isOneLevel = ast.isPartLine(neck) && neck.kind === 'dilated';
  const heads = isOneLevel ? ['yolof', 'gfl', 'fcos'] : ['gfl', 'fcos', 'retina'];
  const choices = heads.map((head) => {
    const line = `head ${head}()`;
    return { title: `Add ${line}`, edits: [detectorLine(node, line)] };
  });
  const message = `A detector has at least one head, such as: head ${heads[0]}().`;
  const data = { kind: 'choices', choices } as const;
  return { code: 'missing-head', severity: 'error', message, span: propertySpan(node, 'name'), data };
}
