import type { ChoiceArgument, FlagArgument, NumberArgument } from '../backbone/arguments.ts';
import type { DetectorBuilder, Level } from './builder.ts';
import type { Part, PartValues } from './detector.ts';

/** `from: C3..C5`: outputs of the backbone. */
export interface LevelsArgument {
  readonly name: 'from';
  readonly type: 'levels';
  readonly doc: string;
  readonly synonyms?: string;
  /** What is read where nothing is written, by the stages of a chain; `all` for every output. */
  readonly default: string;
  /** Whether it is one output and no range. */
  readonly single: boolean;
}

export type PartArgument = NumberArgument | ChoiceArgument | FlagArgument | LevelsArgument;

/** What a part may find wrong with where it stands, for the language to say. */
export interface PartFault {
  /** The argument that it is about; without one the part itself. */
  readonly argument?: string;
  readonly message: string;
  /** What would be right there. */
  readonly right?: string;
}

/** A level as far as faults need it. */
export type LevelFacts = Pick<Level, 'name' | 'shape'>;

interface PartBase {
  readonly name: string;
  /** What it consists of, in one line without a full stop. */
  readonly doc: string;
  /** What other libraries call it, in lower case without `_` and `-`. */
  readonly synonyms: string;
  /** All optional, in the order in which they are written. */
  readonly arguments: readonly PartArgument[];
  readonly example: string;
  /** @param levels what it reads: of a neck the backbone's outputs, of a head what the neck hands on */
  readonly faults?: (values: PartValues, levels: readonly LevelFacts[]) => readonly PartFault[];
}

/** Reads outputs of a backbone and hands on a pyramid of levels. */
export interface NeckDefinition extends PartBase {
  readonly role: 'neck';
  readonly build: (net: DetectorBuilder, part: Part, levels: readonly Level[]) => readonly Level[];
}

/** Reads the levels and says what is where. */
export interface HeadDefinition extends PartBase {
  readonly role: 'head';
  readonly build: (net: DetectorBuilder, part: Part, levels: readonly Level[], classes: number) => void;
}

/** Everything about one kind of neck or head: the language, completion, hovers, costs and docs read it here. */
export type PartDefinition = NeckDefinition | HeadDefinition;
