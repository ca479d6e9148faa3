import type { Range } from 'vscode-languageserver-types';
import {
  type CompletionItem,
  type CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
} from 'vscode-languageserver-types';

/** Something that completion offers, before it knows where it goes. */
export interface Proposal {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** Snippet syntax with `${1:placeholder}`; the label when absent. */
  readonly insert?: string;
  /** In one line: what it is, or what it changes. */
  readonly detail?: string;
  /** Markdown. */
  readonly doc?: string;
  readonly preselect?: boolean;
}

/** What the editor can do with completions. */
export interface CompletionAbilities {
  readonly snippets: boolean;
}

/** Proposals as items that replace a range, in the order in which they are given. */
export function itemsOf(
  proposals: readonly Proposal[],
  range: Range,
  lead: string,
  { snippets }: CompletionAbilities,
): CompletionItem[] {
  return proposals.map(({ label, kind, insert = escaped(label), detail, doc, preselect }, index) => ({
    label,
    kind,
    sortText: String(index).padStart(3, '0'),
    textEdit: { range, newText: lead + (snippets ? insert : withoutPlaceholders(insert)) },
    insertTextFormat: snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(detail === undefined ? {} : { detail, labelDetails: { description: detail } }),
    ...(doc === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: doc } }),
    ...(preselect === true ? { preselect } : {}),
  }));
}

const escaped = (text: string): string => text.replaceAll(/[$\\}]/g, '\\$&');

/** `${1:a}` and `${1|a,b|}` become a, `$0` goes. */
export const withoutPlaceholders = (snippet: string): string =>
  snippet
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replaceAll(/\$\d+/g, '')
    .replaceAll(/\\([$\\}])/g, '$1');

/** A placeholder with a value to begin with. */
export const field = (index: number, value: string | number): string => `\${${index}:${value}}`;

/** A placeholder with values to choose from. */
export const choice = (index: number, values: readonly (string | number)[]): string =>
  values.length > 1 ? `\${${index}|${values.join(',')}|}` : field(index, values[0] ?? '');
