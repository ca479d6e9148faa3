import type { DescribedCommand, Shell } from './described.ts';

/** For Windows PowerShell 5 and newer. Where nothing is proposed it completes files. */
export const POWERSHELL: Shell = {
  name: 'powershell',
  script: (commands) => `# mae completions powershell
Register-ArgumentCompleter -Native -CommandName mae -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = [ordered]@{
${commands.map(({ name, about }) => `    ${quoted(name)} = ${quoted(about)}`).join('\n')}
  }
  $options = @{
${commands.map(({ name, options }) => `    ${quoted(name)} = ${list(options.map((option) => option.name))}`).join('\n')}
  }
  $values = @{
${commands.flatMap(valueLines).join('\n')}
  }
  $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() } | Select-Object -Skip 1)
  $command = $before | Where-Object { $_ -notlike '-*' } | Select-Object -First 1
  $last = $before | Select-Object -Last 1
  $words = if (-not $command) { @($commands.Keys) + '--help', '--version' }
    elseif ($values.ContainsKey("$command $last")) { $values["$command $last"] }
    elseif ($wordToComplete -like '-*') { $options[$command] }
    else { @() }
  $words | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    $about = if ($commands.Contains($_)) { $commands[$_] } else { $_ }
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $about)
  }
}
`,
};

/** The words that may follow an option, or the command itself. */
const valueLines = ({ name, options, words }: DescribedCommand): string[] => [
  ...(words.length === 0 ? [] : [`    ${quoted(`${name} ${name}`)} = ${list(words)}`]),
  ...options.flatMap((option) =>
    option.takesValue ? [`    ${quoted(`${name} ${option.name}`)} = ${list(option.words)}`] : [],
  ),
];

const list = (words: readonly string[]): string => `@(${words.map(quoted).join(', ')})`;

const quoted = (text: string): string => `'${text.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
