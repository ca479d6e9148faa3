import type { DescribedCommand, DescribedOption, Shell } from './described.ts';

/** Works as a file `_mae` in a folder of `fpath`, and sourced. */
export const ZSH: Shell = {
  name: 'zsh',
  script: (commands) => `#compdef mae
# mae completions zsh
_mae() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${commands.map(({ name, about }) => `    ${quoted(`${name}:${about.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  _arguments -C '--help[show help]' '--version[show the version]' '1: :->command' '*:: :->rest'
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $words[1] in
${commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}
if [[ "$funcstack[1]" == _mae ]]; then _mae "$@"; else compdef _mae mae; fi
`,
};

function commandCase({ name, options, words }: DescribedCommand): string {
  const first = words.length === 0 ? [] : [quoted(`1:word:(${words.join(' ')})`)];
  const all = [...options.map(optionOf), ...first, quoted('*:file:_files')];
  return [`        ${name})`, `          _arguments ${all.join(' \\\n            ')}`, '          ;;'].join('\n');
}

function optionOf({ name, about, takesValue, words }: DescribedOption): string {
  const value = words.length > 0 ? `:value:(${words.join(' ')})` : ':value:_files';
  return quoted(`*${name}[${about.replaceAll(/[[\]\\]/g, '\\$&')}]${takesValue ? value : ''}`);
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
