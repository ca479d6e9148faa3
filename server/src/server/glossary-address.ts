import { existsSync } from 'node:fs';
import { type GlossaryAddress, NO_GLOSSARY } from '../features/glossary.ts';

/** The docs stand beside the bundle, in the package as in a checkout. */
const FILE = new URL('../docs/glossary.md', import.meta.url);

/**
 * Where hovers lead to. VS Code shows the page by a command of its client; it may run on another machine than the server,
 * where a path means nothing. Other editors open the file itself. Neither needs the network.
 */
export function glossaryAddress(command: string | undefined): GlossaryAddress {
  if (command !== undefined) return (entry) => `command:${command}?${encodeURIComponent(JSON.stringify([entry]))}`;
  return existsSync(FILE) ? (entry) => `${FILE.href}#${entry}` : NO_GLOSSARY;
}
