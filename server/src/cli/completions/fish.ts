import type { DescribedCommand, DescribedOption, Shell } from './described.ts';

export const FISH: Shell = {
  name: 'fish',
  script: (commands) =>
    `${['# mae completions fish', 'complete -c mae -e', ...commands.map(commandLine), ...commands.flatMap(optionLines)].join('\n')}\n`,
};

const commandLine = ({ name, about }: DescribedCommand): string =>
  `complete -c mae -f -n __fish_use_subcommand -a ${name} -d ${quoted(about)}`;

function optionLines({ name, options, words }: DescribedCommand): string[] {
  const when = `complete -c mae -n '__fish_seen_subcommand_from ${name}'`;
  const argument = words.length === 0 ? [] : [`${when} -f -a ${quoted(words.join(' '))}`];
  return [
    ...argument,
    ...options.map((option) => `${when} -l ${option.name.slice(2)}${valuePart(option)} -d ${quoted(option.about)}`),
  ];
}

/** Of a few words exactly one; any other value may be a file. */
const valuePart = ({ takesValue, words }: DescribedOption): string =>
  words.length > 0 ? ` -x -a ${quoted(words.join(' '))}` : takesValue ? ' -r' : '';

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
