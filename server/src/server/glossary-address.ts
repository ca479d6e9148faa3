import { existsSync } from 'node:fs';
import type { DocsAddress } from '../features/diagnostics.ts';
import { type GlossaryAddress, NO_GLOSSARY } from '../features/glossary.ts';

/** The docs stand beside the bundle, in the package as in a checkout. */
const DOCS = new URL('../docs/', import.meta.url);
/** Looked for once: diagnostics ask at every key. */
const areThere = existsSync(new URL('glossary.md', DOCS));

/** A page as a file, with its heading: VS Code and others open it without the network. */
export const docsAddress: DocsAddress = (page) => (areThere ? new URL(page, DOCS).href : undefined);

/**
 * Where hovers lead to. VS Code shows the page by a command of its client; it may run on another machine than the server,
 * where a path means nothing. Other editors open the file itself. Neither needs the network.
 */
export function glossaryAddress(command: string | undefined): GlossaryAddress {
  if (command !== undefined) return (entry) => `command:${command}?${encodeURIComponent(JSON.stringify([entry]))}`;
  return areThere ? (entry) => docsAddress(`glossary.md#${entry}`) : NO_GLOSSARY;
}
