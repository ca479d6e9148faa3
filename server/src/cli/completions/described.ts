import type { Command } from 'commander';
import { ChoiceArgument, ChoiceOption } from '../choice-option.ts';

/** The program as a shell has to know it: taken off the very commands that read the arguments. */
export interface DescribedCommand {
  readonly name: string;
  readonly about: string;
  readonly options: readonly DescribedOption[];
  /** What its first argument may be, where that is one of a few words; elsewhere arguments are files. */
  readonly words: readonly string[];
}

export interface DescribedOption {
  /** With its dashes: `--json`. */
  readonly name: string;
  readonly about: string;
  readonly takesValue: boolean;
  /** What the value may be, where it is one of a few words. */
  readonly words: readonly string[];
}

/** Every command that help shows, with all of its options. */
export const described = (program: Command): readonly DescribedCommand[] =>
  program
    .createHelp()
    .visibleCommands(program)
    .filter((command) => command.name() !== 'help')
    .map((command) => ({
      name: command.name(),
      about: command.description(),
      options: command
        .createHelp()
        .visibleOptions(command)
        .map((option) => ({
          name: option.long ?? option.flags,
          about: option.description,
          takesValue: option.required || option.optional,
          words: option instanceof ChoiceOption ? option.words : [],
        })),
      words: command.registeredArguments.flatMap((argument, index) =>
        index === 0 && argument instanceof ChoiceArgument ? argument.words : [],
      ),
    }));

/** How one shell is told. */
export interface Shell {
  readonly name: string;
  readonly script: (commands: readonly DescribedCommand[]) => string;
}
