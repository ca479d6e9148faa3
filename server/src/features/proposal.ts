import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  type Range,
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
  /** Whether any other number may stand here: what is typed is then never taken for the beginning of this one. */
  readonly free?: boolean;
  /** What a person may also type to find it. */
  readonly alias?: string;
}

/** A number that is proposed where any other may stand. */
export const numberProposal = (label: string, more: Pick<Proposal, 'detail' | 'preselect'> = {}): Proposal => ({
  label,
  kind: CompletionItemKind.Value,
  free: true,
  ...more,
});

/** What proposals replace, and how. */
export interface Replaced {
  readonly range: Range;
  /** What is written of it before the cursor. */
  readonly typed: string;
  /** Text to put before what is inserted. */
  readonly lead: string;
}

/**
 * Proposals as items, in the order in which they are given. Only what has placeholders is a snippet: an editor can tell of
 * plain text alone that it stands there already, and then Enter is a new line.
 */
export function itemsOf(
  proposals: readonly Proposal[],
  { range, typed, lead }: Replaced,
  snippets: boolean,
): CompletionItem[] {
  return proposals.map(({ label, kind, insert = literal(label), detail, doc, preselect, free, alias }, index) => {
    const snippet = snippets && PLACEHOLDER.test(insert);
    const filterText = free === true ? typed || NOTHING_TYPED : alias && `${label} ${alias}`;
    return {
      label,
      kind,
      sortText: String(index).padStart(3, '0'),
      textEdit: { range, newText: lead + (snippet ? insert : withoutPlaceholders(insert)) },
      insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      ...(filterText === undefined ? {} : { filterText }),
      ...(detail === undefined ? {} : { detail, labelDetails: { description: detail } }),
      ...(doc === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: doc } }),
      ...(preselect === true ? { preselect } : {}),
    };
  });
}

/** No digit matches it, so that the list goes when a number is begun; editors take an empty text for none. */
const NOTHING_TYPED = ' ';

/** Text that a snippet takes as it is. */
export const literal = (text: string): string => text.replaceAll(/[$\\}]/g, '\\$&');

const PLACEHOLDER = /(?<!\\)\$/;

/** `${1:a}` and `${1|a,b|}` become a, `$0` goes. */
export const withoutPlaceholders = (snippet: string): string =>
  snippet.replaceAll(
    /\\([$\\}])|\$\{\d+:([^}]*)\}|\$\{\d+\|([^,|]*)[^|]*\|\}|\$\d+/g,
    (_, text: string = '', value: string = '', first: string = '') => text + value + first,
  );

/** A placeholder with a value to begin with. */
export const field = (index: number, value: string | number): string => `\${${index}:${value}}`;

/** A placeholder with values to choose from. */
export const choice = (index: number, values: readonly (string | number)[]): string =>
  values.length > 1 ? `\${${index}|${values.join(',')}|}` : field(index, values[0] ?? '');
