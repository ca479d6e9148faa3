import { type Backbone, sameFields } from '../backbone/backbone.ts';
import { type FoundFault, partFaults } from '../detector/check.ts';
import type { Detector } from '../detector/detector.ts';
import { isFault, levelsRead } from '../detector/levels.ts';
import { partsOf } from '../detector/lower.ts';
import { byName } from './by-name.ts';
import { cutMessage } from './check-inputs.ts';
import { checkLevels } from './check-levels.ts';
import { backboneAtInput, detectorModel, networkOf } from './detector-model.ts';
import { type DetectorLines, type DetectorSource, partSources } from './detector-source.ts';
import * as ast from './generated/ast.ts';
import { lineEndOf } from './leaves.ts';
import { detectorLine } from './line-behind.ts';
import { insertArgument } from './part-edits.ts';
import type { Problem, Span } from './problem.ts';
import { type BackboneSource, nameSpan } from './read-backbone.ts';
import type { Report } from './report.ts';
import { backboneOf } from './resolve.ts';
import { propertySpan, spanOf } from './span.ts';

const known = byName<DetectorSource>(({ name }) => name);

/** Every detector costs the reading of its backbone: so many blocks are read for all of a file. */
const MOST_BLOCKS = 50_000;

/** So many backbones are offered where none is named. */
const MOST_CHOICES = 10;

/** Detectors on their backbones, with what is wrong between the two: the models of those with which nothing is. */
export function checkDetectors(
  detectors: readonly DetectorLines[],
  backbones: readonly BackboneSource[],
  before: readonly DetectorSource[],
  report: Report,
): DetectorSource[] {
  let blocks = 0;
  return detectors.map((lines) => {
    const source = backboneOf(lines, { backbones });
    const earlier = known(before, lines.name)[0];
    if (source === undefined) reportBackboneless(lines, backbones, report);
    for (const { depth } of source?.backbone?.groups ?? []) blocks += depth;
    if (blocks > MOST_BLOCKS && source?.backbone !== undefined) {
      const message = `With this detector those of the file have more than ${MOST_BLOCKS} blocks in all: it has no numbers. Take fewer blocks.`;
      report({ code: 'bad-number', severity: 'error', message, span: nameSpan(lines.node) });
      return { ...lines, detector: undefined, last: earlier?.last };
    }
    const detector = source === undefined ? undefined : checkDetector(lines, source, earlier, report);
    return { ...lines, detector, last: detector ?? earlier?.last };
  });
}

/** A detector says its backbone where there are several. */
function reportBackboneless(
  { node, backbone, isBroken }: DetectorLines,
  backbones: readonly BackboneSource[],
  report: Report,
): void {
  // One that is written is looked for with all other names.
  if (backbone !== undefined || isBroken || node.lines.some(ast.isBackboneLine)) return;
  const names = [...new Set(backbones.slice(0, MOST_CHOICES).map(({ name }) => name))].filter((name) => name !== '');
  const message = `This detector does not say its backbone: write 'backbone ${names[0] ?? 'my_net'}'.`;
  const choices = names.map((name) => ({ title: `Add backbone ${name}`, edits: [first(node, `backbone ${name}`)] }));
  const data = choices.length === 0 ? {} : { data: { kind: 'choices', choices } as const };
  report({ code: 'missing-backbone', severity: 'error', message, span: nameSpan(node), ...data });
}

/** Before the first line of a detector. */
function first(node: ast.Detector, line: string) {
  const [next] = node.lines;
  if (next === undefined) return detectorLine(node, line);
  const { start } = spanOf(next);
  const text = node.$cstNode?.root.fullText ?? '';
  const indent = /[\r\n]([^\S\r\n]*)$/.exec(text.slice(Math.max(0, start - 100), start))?.[1];
  const lineEnd = lineEndOf(text);
  return { span: { start, end: start }, text: indent === undefined ? `${line}  ` : `${line}${lineEnd}${indent}` };
}

function checkDetector(
  lines: DetectorLines,
  source: BackboneSource,
  before: DetectorSource | undefined,
  tell: Report,
): Detector | undefined {
  let faultless = true;
  const report: Report = (problem) => {
    if (problem.severity === 'error') faultless = false;
    tell(problem);
  };
  const { neck, node } = lines;
  const statement = node.lines.find(ast.isInputStatement);
  if (statement !== undefined) reportChannels(lines, source, statement, report);
  const backbone = source.backbone === undefined ? undefined : backboneAtInput(source.backbone, lines, before);
  const network = backbone === undefined ? undefined : networkOf(backbone, before?.last?.backbone);
  const found = neck === undefined || checkLevels(neck, source, network, report);
  if (backbone === undefined || network === undefined) return undefined;
  if (statement !== undefined && lines.input !== undefined) reportCut(lines.input, source, statement, report);
  if (!found || !faultless) return undefined;
  const detector = detectorModel(lines, backbone, before);
  if (detector === undefined) return undefined;
  reportTooSmall(detector, lines, statement, report);
  for (const fault of faultsOf(detector, before?.last)) report(misfit(fault, lines));
  return faultless ? detector : undefined;
}

const judged = new WeakMap<Detector, readonly FoundFault[]>();

/** What the parts find wrong follows from them and from the levels that they read. */
function faultsOf(detector: Detector, before: Detector | undefined): readonly FoundFault[] {
  const earlier = before !== undefined && readsAlike(detector, before) ? judged.get(before) : undefined;
  const faults = judged.get(detector) ?? earlier ?? partFaults(detector, networkOf(detector.backbone));
  judged.set(detector, faults);
  return faults;
}

const readsAlike = (a: Detector, b: Detector): boolean =>
  sameFields(partsOf(a), partsOf(b)) && sameFields(levelsOf(a), levelsOf(b));

const levelsOf = ({ neck, backbone }: Detector) => levelsRead(neck, networkOf(backbone));

/** A detector feeds its backbone what that reads. */
function reportChannels(
  { input }: DetectorLines,
  source: BackboneSource,
  statement: ast.InputStatement,
  report: Report,
): void {
  const reads = source.input?.channels;
  if (input === undefined || reads === undefined || input.channels === reads) return;
  const message = `${source.name} reads ${reads} channels: write ${reads} x ${input.height} x ${input.width}.`;
  const data = { kind: 'replace', with: [String(reads)] } as const;
  report({ code: 'bad-number', severity: 'error', message, span: propertySpan(statement, 'channels'), data });
}

/** The same as for a backbone at its own input. */
function reportCut(
  input: Backbone['input'],
  { graph, input: own }: BackboneSource,
  statement: ast.InputStatement,
  report: Report,
): void {
  if (graph === undefined || (own?.height === input.height && own.width === input.width)) return;
  const message = cutMessage(graph, graph.shapes, input);
  if (message !== undefined) report({ code: 'cut-input', severity: 'warning', message, span: spanOf(statement) });
}

/** Each side of the image has at least one position of the coarsest level that is read. */
function reportTooSmall(
  { neck, backbone }: Detector,
  lines: DetectorLines,
  statement: ast.InputStatement | undefined,
  report: Report,
): void {
  const read = levelsRead(neck, networkOf(backbone));
  if (isFault(read)) return;
  const coarsest = read.reduce(
    (most, level) => (level.shape.halvings > most.shape.halvings ? level : most),
    read[0] ?? NO_LEVEL,
  );
  const stride = 2 ** coarsest.shape.halvings;
  const { height, width } = backbone.input;
  if (Math.min(height, width) >= stride) return;
  const message = `An input of ${height} x ${width} is too small: ${coarsest.name}, the coarsest level that is read, is 1/${stride} of it, so that each side has at least ${stride}.`;
  const span = statement === undefined ? nameSpan(lines.node) : spanOf(statement);
  report({ code: 'bad-number', severity: 'error', message, span });
}

const NO_LEVEL = { name: '', shape: { halvings: 0 } } as const;

/** What a part finds wrong with where it stands. */
function misfit({ part, argument, message, right }: FoundFault, lines: DetectorLines): Problem {
  const source = partSources(lines).find((own) => own.part === part || own.definition?.name === part.kind);
  const written = argument === undefined ? undefined : source?.written.get(argument);
  const span: Span = written?.value ?? source?.kindSpan ?? nameSpan(lines.node);
  const problem: Problem = { code: 'misfit-part', severity: 'error', message, span };
  if (right === undefined || source === undefined || argument === undefined) return problem;
  if (written !== undefined) return { ...problem, data: { kind: 'replace', with: [right] } };
  const text = `${argument}: ${right}`;
  return { ...problem, data: { kind: 'edits', title: `Add ${text}`, edits: [insertArgument(source, text)] } };
}
