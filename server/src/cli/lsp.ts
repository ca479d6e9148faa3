import { EXIT } from '../answers/exit.ts';

/** `mae lsp --stdio`: the language server speaks over standard input and output until its client says exit. */
export async function lsp(): Promise<void> {
  // An editor that does not listen any more is gone.
  process.stdout.on('error', () => process.exit(EXIT.input));
  await import('../server/main.ts');
}
