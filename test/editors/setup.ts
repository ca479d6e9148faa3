import { onPath } from '../vscode/setup/find.ts';
import { ensure } from '../vscode/setup/tools.ts';

/** Runs once before the tests in other editors, and not at all when none of them is asked for. */
export default async function setup(): Promise<void> {
  const present = (): boolean => onPath('nvim') !== undefined;
  await ensure('Testing in Neovim', [{ what: 'Neovim', packages: ['neovim'], present }]);
}
