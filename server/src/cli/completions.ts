import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../answers/exit.ts';
import { choiceOption } from '../answers/options.ts';
import { BASH } from './completions/bash.ts';
import { described, type Shell } from './completions/described.ts';
import { FISH } from './completions/fish.ts';
import { POWERSHELL } from './completions/powershell.ts';
import { ZSH } from './completions/zsh.ts';
import { report } from './output.ts';

export const SHELLS: readonly Shell[] = [BASH, ZSH, FISH, POWERSHELL];

/** `mae completions SHELL`: a script by which the shell completes commands, options, their words, and files for the rest. */
export function completions(name: string, program: Command): ExitCode {
  const names = SHELLS.map((shell) => shell.name);
  const chosen = choiceOption('SHELL', name, names);
  if (!chosen.ok) return report({ ...chosen, message: chosen.message.replace('option ', '') });
  const shell = SHELLS.find((one) => one.name === chosen.value);
  process.stdout.write(shell?.script(described(program)) ?? '');
  return EXIT.done;
}
