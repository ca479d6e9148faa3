/** `mae lsp --stdio`: the language server speaks over standard input and output until its client says exit. */
export async function lsp(): Promise<void> {
  await import('../server/main.ts');
}
