import type { DescribedCommand, Shell } from './described.ts';

/** For bash 3.2 and newer, which macOS has. Where nothing is proposed readline completes files. */
export const BASH: Shell = {
  name: 'bash',
  script: (commands) => `# mae completions bash
_mae() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' words='' i
  # --option=value is three words to bash.
  if [[ $cur == = ]]; then cur=''; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} != -* ]]; then
      command=\${COMP_WORDS[i]}
      break
    fi
  done
  case "$command $prev" in
${commands.flatMap(valueCases).join('\n')}
  esac
  if [[ -z $command ]]; then
    words='${commands.map(({ name }) => name).join(' ')} --help --version'
  elif [[ $cur == -* ]]; then
    case $command in
${commands.map(({ name, options }) => `      ${name}) words='${options.map((o) => o.name).join(' ')}' ;;`).join('\n')}
    esac
  elif ((i == COMP_CWORD - 1)); then
    case $command in
${commands.flatMap(argumentCase).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _mae mae
`,
};

const argumentCase = ({ name, words }: DescribedCommand): string[] =>
  words.length === 0 ? [] : [`      ${name}) words='${words.join(' ')}' ;;`];

/** Behind an option with a value only its words are proposed, or files. */
const valueCases = ({ name, options }: DescribedCommand): string[] =>
  options
    .filter(({ takesValue }) => takesValue)
    .map(
      (option) =>
        `    '${name} ${option.name}') COMPREPLY=($(compgen -W '${option.words.join(' ')}' -- "$cur")); return ;;`,
    );
