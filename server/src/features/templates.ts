import { CompletionItemKind } from 'vscode-languageserver-types';
import { literal, type Proposal } from './proposal.ts';
import type { Snapshot } from './snapshot.ts';

/** A whole file to begin with. */
export interface Template {
  readonly name: string;
  /** Its first comment: what it is, in one sentence. */
  readonly title: string;
  readonly text: string;
  readonly snapshot: Snapshot;
}

/** A template of a file that begins with a comment, as our examples do. */
export function templateOf(name: string, snapshot: Snapshot): Template {
  const text = snapshot.document.getText();
  return { name, title: /^\/\/ *(.*?)\.?\r?\n/.exec(text)?.[1] ?? name, text, snapshot };
}

/** Those of whose names none is taken yet; found by the name that the field knows them by, too. */
export function templateProposals(templates: readonly Template[], here: Snapshot): Proposal[] {
  const taken = new Set(declared(here));
  return templates
    .filter(({ snapshot }) => !declared(snapshot).some((name) => taken.has(name)))
    .map(({ name, title, text }) => ({
      label: name,
      kind: CompletionItemKind.File,
      insert: literal(text),
      detail: title,
      doc: `\`\`\`mae\n${text}\`\`\``,
      alias: /^\S*/.exec(title)?.[0] ?? '',
    }));
}

const declared = ({ design }: Snapshot): string[] =>
  [...design.backbones, ...design.detectors, ...design.budgets, ...design.searches].flatMap(({ name }) => name || []);
