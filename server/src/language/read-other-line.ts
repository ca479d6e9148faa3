import { partNamed } from '../detector/parts.ts';
import * as ast from './generated/ast.ts';
import { meantBy } from './nearest.ts';
import { partNames, partSynonyms } from './part-words.ts';
import type { Problem } from './problem.ts';
import { unknownWord } from './report.ts';
import { propertySpan, recovered, spanOf } from './span.ts';
import { DETECTOR_SYNONYMS } from './synonyms.ts';

/** A line of a detector that begins with no word of the language: what to say, and whether it seems to be a head. */
export interface OtherRead {
  readonly problem: Problem;
  readonly isHead: boolean;
}

const WORDS = ['backbone', 'input', 'classes', 'within', 'neck', 'head'] as const;

/** So many words that mean nothing are told one by one. */
const MOST_UNKNOWN = 16;

export function otherLines(detector: ast.Detector): OtherRead[] {
  const taken = new Set(detector.lines.flatMap(wordOf));
  return detector.lines
    .filter(ast.isOtherLine)
    .slice(0, MOST_UNKNOWN)
    .map((line) => otherLine(line, taken));
}

/** @param taken the words that stand in the detector and may do so once */
function otherLine(line: ast.OtherLine, taken: ReadonlySet<string>): OtherRead {
  const { name = '' } = recovered(line);
  const span = propertySpan(line, 'name');
  const bare = bareAsPart(line, name);
  if (bare !== undefined) return bare;
  // The sign that does not belong there goes with the word.
  const end = line.sign === undefined ? span.end : propertySpan(line, 'sign').end;
  const context = { synonyms: DETECTOR_SYNONYMS, taken };
  const problem = unknownWord('unknown-setting', 'detector line', name, span, WORDS, context);
  const words = problem.data?.kind === 'replace' ? problem.data.with : [];
  const isHead = meantBy(name, WORDS, DETECTOR_SYNONYMS).includes('head');
  const [word, ...others] = words;
  if (word === undefined || others.length > 0 || line.sign === undefined) return { problem, isHead };
  const gap = /\s/.test(line.$cstNode?.root.fullText[end] ?? ' ') ? '' : ' ';
  const edits = [{ span: { start: span.start, end }, text: `${word}${gap}` }];
  return { problem: { ...problem, data: { kind: 'edits', title: `Change ${name} to ${word}`, edits } }, isHead };
}

/** The words that may stand once and do so already. */
function wordOf(line: ast.DetectorLine): string[] {
  switch (line.$type) {
    case 'BackboneLine':
      return ['backbone'];
    case 'InputStatement':
      return ['input'];
    case 'ClassesLine':
      return ['classes'];
    case 'Within':
      return ['within'];
    case 'PartLine':
      return line.role === 'neck' ? ['neck'] : [];
    default:
      return [];
  }
}

/** `fpn(out: 256)` by itself. */
function bareAsPart(line: ast.OtherLine, name: string): OtherRead | undefined {
  if (line.value !== undefined || line.kind !== undefined || line.sign !== undefined) return undefined;
  const isCall = (line.$cstNode?.text ?? '').endsWith(')');
  const names = [...partNames('neck'), ...partNames('head')];
  const known = partNamed(name);
  const near = known === undefined && isCall ? meantBy(name, names, partSynonyms()) : [];
  const [meant, ...others] = known === undefined ? near : [known.name];
  const part = meant === undefined || others.length > 0 ? undefined : partNamed(meant);
  if (part === undefined) return undefined;
  const { start, end } = propertySpan(line, 'name');
  const text = `${part.role} ${part.name}`;
  const message = `${part.name} is a ${part.role}: write '${text}${isCall ? '(…)' : ''}'.`;
  const data = { kind: 'edits', title: `Write ${text}`, edits: [{ span: { start, end }, text }] } as const;
  const problem = {
    code: 'unknown-part',
    severity: 'error',
    message,
    span: isCall ? spanOf(line) : { start, end },
    data,
  } as const;
  return { problem, isHead: part.role === 'head' };
}
