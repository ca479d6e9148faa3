import { Argument, Option } from 'commander';

/**
 * An option with a few words to choose from, which completions offer. What is wrong with a value is said by whoever reads it, in one
 * voice with all other options.
 */
export class ChoiceOption extends Option {
  readonly words: readonly string[];

  constructor(flags: string, description: string, words: readonly string[]) {
    super(flags, description);
    this.words = words;
  }
}

/** The same for an argument. */
export class ChoiceArgument extends Argument {
  readonly words: readonly string[];

  constructor(name: string, description: string, words: readonly string[]) {
    super(name, description);
    this.words = words;
  }
}
