import type { InputSize } from '../backbone/backbone.ts';
import type { Detector, Part, PartValues } from '../detector/detector.ts';
import type { PartDefinition } from '../detector/part-definition.ts';
import type * as ast from './generated/ast.ts';
import type { NameUse } from './name-use.ts';
import type { PartRole } from './part-words.ts';
import type { Span } from './problem.ts';

/** The outputs that a neck reads, as they are written: `C3..C5`, or twice the same for one. */
export interface LevelsUse {
  readonly first: NameUse;
  readonly last: NameUse;
  readonly span: Span;
}

/** An argument of a part in the text. */
export interface WrittenArgument {
  readonly node: ast.Argument;
  readonly span: Span;
  /** Of its value, or of its name while it has none. */
  readonly value: Span;
}

/** One neck or head of the text and what it says. */
export interface PartSource {
  readonly node: ast.PartLine;
  readonly role: PartRole;
  readonly span: Span;
  /** Of the word for its kind; of the line's first word while there is none. */
  readonly kindSpan: Span;
  /** Undefined where it is no part that stands in such a line. */
  readonly definition: PartDefinition | undefined;
  /** Every argument that could be read, with those that are not written at their defaults. */
  readonly values: PartValues;
  /** What is written of what it reads. */
  readonly from: LevelsUse | undefined;
  readonly written: ReadonlyMap<string, WrittenArgument>;
  /** The part, when all of it is right. */
  readonly part: Part | undefined;
}

/** What the lines of a detector say, before anybody knows its backbone. */
export interface DetectorLines {
  readonly node: ast.Detector;
  readonly name: string;
  /** The backbone that is written; one that is not is the only one of the file. */
  readonly backbone: NameUse | undefined;
  /** The budget that the detector itself names. */
  readonly within: NameUse | undefined;
  /** Instead of the backbone's own. */
  readonly input: InputSize | undefined;
  readonly classes: number;
  readonly neck: PartSource | undefined;
  readonly heads: readonly PartSource[];
  /** Whether all of its lines could be read. */
  readonly complete: boolean;
  /** Whether some of it could not even be parsed. */
  readonly isBroken: boolean;
}

/** A detector of the text, and the model when nothing is wrong with it and its backbone. */
export interface DetectorSource extends DetectorLines {
  readonly detector: Detector | undefined;
  /** The last model that could be read of it: what is known of its backbone and parts is found by that. */
  readonly last: Detector | undefined;
}

export const partSources = ({ neck, heads }: Pick<DetectorLines, 'neck' | 'heads'>): readonly PartSource[] =>
  neck === undefined ? heads : [neck, ...heads];

/** The places of a detector that name outputs of its backbone. */
export const levelUses = (detector: Pick<DetectorLines, 'neck' | 'heads'>): NameUse[] =>
  partSources(detector).flatMap(({ from }) =>
    from === undefined ? [] : from.first === from.last ? [from.first] : [from.first, from.last],
  );
